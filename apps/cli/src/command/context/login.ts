import { Spillway } from '@spillway/sdk';
import type { Command } from 'commander';
import { readConfig, writeConfig } from '../../context/config-file.js';
import type { Desk, Runner } from '../../session.js';
import { address, defaultUrl, secret } from '../../settings.js';
import { isCi } from '../../render/paint.js';
import { UsageError } from '../../usage-error.js';
import { examples } from '../examples.js';

interface LoginOptions {
  readonly name?: string;
}

const about = `
The token is typed at a prompt that does not show it, or read from standard input. It is not an
argument: those end up in the history of the shell and in the list of processes. It is tried before
it is stored, in ~/.config/spillway/config.yaml (SPILLWAY_CONFIG), which only you can read.
`;

export function addLogin(program: Command, runner: Runner): void {
  program
    .command('login')
    .description('Remember a server and a token for it')
    .argument('[url]', `the server; default ${defaultUrl}`)
    .option('--name <name>', 'what to call it; its host otherwise')
    .addHelpText('after', about)
    .addHelpText(
      'after',
      examples(
        'spillway login https://spillway.example',
        'spillway login https://spillway.example --name prod < token.txt',
      ),
    )
    .action(
      runner.runOffline((desk, url?: string, options?: LoginOptions) =>
        login(desk, { url, ...options }),
      ),
    );
}

async function login(
  { io, options, print }: Desk,
  { url, name }: LoginOptions & { readonly url: string | undefined },
): Promise<void> {
  if (options.token !== undefined) {
    throw new UsageError(
      'A token on the command line ends up in the history of the shell.',
      'Leave --token out: type it when asked, or pipe it in.',
    );
  }
  const baseUrl = address(url ?? options.url ?? defaultUrl);
  const token = secret(await tokenFrom(io, baseUrl));
  const context = name ?? new URL(baseUrl).host;
  await new Spillway({ baseUrl, token }).clusters.list({ limit: 1 });
  const { contexts } = await readConfig(io);
  const path = await writeConfig(io, {
    current: context,
    contexts: { ...contexts, [context]: { url: baseUrl, token } },
  });
  print(
    { name: context, url: baseUrl, file: path },
    () => `Logged in to ${baseUrl} as "${context}", which is in use now.\n`,
  );
}

const tokenFrom = (io: Desk['io'], baseUrl: string): Promise<string> =>
  io.stdinIsTTY && !isCi(io.env) ? io.askSecret(`Token for ${baseUrl}: `) : io.readStdin();
