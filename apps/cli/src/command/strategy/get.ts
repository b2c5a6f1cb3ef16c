import type { Command } from 'commander';
import { strategyFacts } from '../../render/strategy.js';
import type { Runner } from '../../session.js';
import { wholeNumber } from '../arguments.js';
import { examples } from '../examples.js';

export function addStrategyGet(strategy: Command, runner: Runner): void {
  strategy
    .command('get')
    .description('One strategy')
    .argument('<name>')
    .option('--version <number>', 'an older version (default: the newest)', wholeNumber(1))
    .addHelpText(
      'after',
      examples(
        'spillway strategy get canary-10',
        'spillway strategy get canary-10 --version 1 -o yaml',
      ),
    )
    .action(
      runner.run(async ({ client, print }, name: string, { version }: { version?: number }) => {
        const found = await client.strategies.get(name, { version });
        print(found, () => strategyFacts(found));
      }),
    );
}
