import type { Command } from 'commander';
import { every } from '../../every.js';
import { sourceTable } from '../../render/source.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addSourceList(source: Command, runner: Runner): void {
  source
    .command('list')
    .description('All sources')
    .addHelpText('after', examples('spillway source list', 'spillway source list -o json'))
    .action(
      runner.run(async ({ client, io, print }) => {
        const sources = await every(client.sources.all());
        print(sources, () => sourceTable(sources, io.now()));
      }),
    );
}
