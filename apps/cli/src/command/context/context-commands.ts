import type { Command } from 'commander';
import {
  contextNamed,
  readConfig,
  writeConfig,
  type ConfigFile,
} from '../../context/config-file.js';
import { table } from '../../render/table.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

/** The logins of this person on this machine. Nothing here asks a server. */
export function addContextCommands(program: Command, runner: Runner): void {
  const context = program.command('context').description('Logins that are remembered');
  addList(context, runner);
  addUse(context, runner);
  addRemove(context, runner);
}

interface ContextView {
  readonly name: string;
  readonly url: string;
  readonly inUse: boolean;
  readonly hasToken: boolean;
}

/** Without the tokens. */
const viewsOf = ({ current, contexts }: ConfigFile): readonly ContextView[] =>
  Object.entries(contexts).map(([name, { url, token }]) => ({
    name,
    url,
    inUse: name === current,
    hasToken: token !== undefined,
  }));

function addList(context: Command, runner: Runner): void {
  context
    .command('list')
    .description('All logins, and which one is in use')
    .addHelpText('after', examples('spillway context list'))
    .action(
      runner.runOffline(async ({ io, print }) => {
        const views = viewsOf(await readConfig(io));
        const rows = views.map(({ name, url, inUse, hasToken }) => [
          inUse ? '*' : '',
          name,
          url,
          hasToken ? 'stored' : 'none',
        ]);
        print(views, () => table(['USE', 'NAME', 'SERVER', 'TOKEN'], rows));
      }),
    );
}

function addUse(context: Command, runner: Runner): void {
  context
    .command('use')
    .description('Use this login where none is named')
    .argument('<name>')
    .addHelpText('after', examples('spillway context use prod'))
    .action(
      runner.runOffline(async ({ io, print }, name: string) => {
        const config = await readConfig(io);
        const { url } = contextNamed(config, name);
        await writeConfig(io, { ...config, current: name });
        print({ name, url }, () => `"${name}" is in use now: ${url}\n`);
      }),
    );
}

function addRemove(context: Command, runner: Runner): void {
  context
    .command('remove')
    .description('Forget a login and its token; the token itself goes on being valid')
    .argument('<name>')
    .addHelpText('after', examples('spillway context remove prod'))
    .action(
      runner.runOffline(async ({ io, print }, name: string) => {
        const config = await readConfig(io);
        const { url } = contextNamed(config, name);
        const { [name]: _, ...contexts } = config.contexts;
        const current = config.current === name ? {} : { current: config.current };
        await writeConfig(io, { ...current, contexts });
        print({ name, url }, () => `"${name}" is forgotten.\n`);
      }),
    );
}
