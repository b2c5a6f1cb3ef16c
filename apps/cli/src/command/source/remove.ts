import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addSourceRemove(source: Command, runner: Runner): void {
  source
    .command('remove')
    .description('Remove a source; its secrets stay')
    .argument('<name>')
    .addHelpText('after', examples('spillway source remove datadog'))
    .action(
      runner.run(async ({ client, print }, name: string) => {
        await client.sources.remove(name);
        print({ name, removed: true }, () => `source ${name} removed\n`);
      }),
    );
}
