import type { Command } from 'commander';
import { every } from '../../every.js';
import { applyFile } from '../../manifest/apply-file.js';
import { freezeWindowFacts, freezeWindowTable } from '../../render/freeze-window.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addFreezeCommands(program: Command, runner: Runner): void {
  const freeze = program
    .command('freeze')
    .description('Windows in which candidates get no more traffic; going back is always possible');
  addApply(freeze, runner);
  addList(freeze, runner);
  addGet(freeze, runner);
  addRemove(freeze, runner);
}

function addApply(freeze: Command, runner: Runner): void {
  freeze
    .command('apply')
    .description('Add freeze windows, or replace those of the same names')
    .requiredOption('-f, --file <path>', 'YAML or JSON; "-" reads standard input')
    .addHelpText('after', examples('spillway freeze apply -f weekend.yaml'))
    .action(
      runner.run((session, { file }: { readonly file: string }) =>
        applyFile(session, file, 'FreezeWindow'),
      ),
    );
}

function addList(freeze: Command, runner: Runner): void {
  freeze
    .command('list')
    .description('All freeze windows')
    .addHelpText('after', examples('spillway freeze list', 'spillway freeze list -o json'))
    .action(
      runner.run(async ({ client, io, print }) => {
        const windows = await every(client.freezeWindows.list());
        print(windows, () => freezeWindowTable(windows, io.now()));
      }),
    );
}

function addGet(freeze: Command, runner: Runner): void {
  freeze
    .command('get')
    .description('One freeze window')
    .argument('<name>')
    .addHelpText('after', examples('spillway freeze get weekend -o yaml'))
    .action(
      runner.run(async ({ client, io, print }, name: string) => {
        const found = await client.freezeWindows.get(name);
        print(found, () => freezeWindowFacts(found, io.now()));
      }),
    );
}

function addRemove(freeze: Command, runner: Runner): void {
  freeze
    .command('remove')
    .description('Remove a freeze window; releases that it holds go on')
    .argument('<name>')
    .addHelpText('after', examples('spillway freeze remove weekend'))
    .action(
      runner.run(async ({ client, print }, name: string) => {
        await client.freezeWindows.remove(name);
        print({ name, removed: true }, () => `freeze window ${name} removed\n`);
      }),
    );
}
