import type { Command } from 'commander';
import { every } from '../../every.js';
import { strategyTable } from '../../render/strategy.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addStrategyList(strategy: Command, runner: Runner): void {
  strategy
    .command('list')
    .description('All strategies in their newest version')
    .addHelpText('after', examples('spillway strategy list'))
    .action(
      runner.run(async ({ client, io, print }) => {
        const strategies = await every(client.strategies.all());
        print(strategies, () => strategyTable(strategies, io.now()));
      }),
    );
}
