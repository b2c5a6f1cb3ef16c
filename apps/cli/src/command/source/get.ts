import type { Command } from 'commander';
import { sourceFacts } from '../../render/source.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addSourceGet(source: Command, runner: Runner): void {
  source
    .command('get')
    .description('One source; secrets by their names')
    .argument('<name>')
    .addHelpText(
      'after',
      examples('spillway source get datadog', 'spillway source get datadog -o yaml'),
    )
    .action(
      runner.run(async ({ client, io, print }, name: string) => {
        const found = await client.sources.get(name);
        print(found, () => sourceFacts(found, io.now()));
      }),
    );
}
