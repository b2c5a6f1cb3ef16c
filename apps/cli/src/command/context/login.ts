import { Spillway, type LoginProvider } from '@spillway/sdk';
import type { Command } from 'commander';
import { readConfig, writeConfig } from '../../context/config-file.js';
import { logInAt } from '../../context/sso.js';
import type { Desk, Runner } from '../../session.js';
import { address, defaultUrl, secret } from '../../settings.js';
import { isCi } from '../../render/paint.js';
import { UsageError } from '../../usage-error.js';
import { examples } from '../examples.js';

interface LoginOptions {
  readonly name?: string;
  readonly sso?: string | true;
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
    .option('--sso [provider]', 'log in with a browser, at an identity provider of the server')
    .addHelpText('after', about)
    .addHelpText(
      'after',
      examples(
        'spillway login https://spillway.example',
        'spillway login https://spillway.example --sso',
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
  { url, name, sso }: LoginOptions & { readonly url: string | undefined },
): Promise<void> {
  if (options.token !== undefined) {
    throw new UsageError(
      'A token on the command line ends up in the history of the shell.',
      'Leave --token out: type it when asked, or pipe it in.',
    );
  }
  const baseUrl = address(url ?? options.url ?? defaultUrl);
  const { token, until } = await tokenOf(io, baseUrl, sso);
  const context = name ?? new URL(baseUrl).host;
  const { actor } = await new Spillway({ baseUrl, token }).server.whoAmI();
  const { contexts } = await readConfig(io);
  const path = await writeConfig(io, {
    current: context,
    contexts: { ...contexts, [context]: { url: baseUrl, token } },
  });
  print(
    { name: context, url: baseUrl, file: path },
    () =>
      `Logged in to ${baseUrl} as ${actor}${until}. It is the context "${context}", which is in use now.\n`,
  );
}

interface Credential {
  readonly token: string;
  /** ` until …`, where it ends. */
  readonly until: string;
}

async function tokenOf(
  io: Desk['io'],
  baseUrl: string,
  sso: string | true | undefined,
): Promise<Credential> {
  if (sso === undefined) return { token: secret(await tokenFrom(io, baseUrl)), until: '' };
  const provider = await providerOf(baseUrl, sso);
  const stopped = new AbortController();
  const stopListening = io.onSignal(() => stopped.abort());
  try {
    const show = (address: string): void =>
      io.stderr.write(`Open this address in a browser on this machine:\n\n  ${address}\n\n`);
    const { token, expiresAt } = await logInAt(provider, {
      show,
      now: () => io.now(),
      signal: stopped.signal,
    });
    return { token, until: ` until ${new Date(expiresAt).toISOString()}` };
  } finally {
    stopListening();
  }
}

async function providerOf(baseUrl: string, wanted: string | true): Promise<LoginProvider> {
  const providers = await new Spillway({ baseUrl, token: '' }).server.loginProviders();
  const found = wanted === true ? providers[0] : providers.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const known = providers.map(({ name }) => name).join(', ');
  throw new UsageError(
    known === ''
      ? `${baseUrl} knows no identity provider at which people log in.`
      : `${baseUrl} knows no identity provider "${String(wanted)}"; it knows ${known}.`,
    'Log in with a token, or see docs/guides/access.md for how a provider is added.',
  );
}

const tokenFrom = (io: Desk['io'], baseUrl: string): Promise<string> =>
  io.stdinIsTTY && !isCi(io.env) ? io.askSecret(`Token for ${baseUrl}: `) : io.readStdin();
