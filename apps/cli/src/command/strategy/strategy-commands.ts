import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addStrategyApply } from './apply.js';
import { addStrategyGet } from './get.js';
import { addStrategyList } from './list.js';

export function addStrategyCommands(program: Command, runner: Runner): void {
  const strategy = program
    .command('strategy')
    .description('Templates of how a release gets its traffic');
  addStrategyApply(strategy, runner);
  addStrategyList(strategy, runner);
  addStrategyGet(strategy, runner);
}
