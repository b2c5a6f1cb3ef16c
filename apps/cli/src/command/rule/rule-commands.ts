import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addRuleApply } from './apply.js';
import { addRuleGet } from './get.js';
import { addRuleList } from './list.js';
import { addRuleRemove } from './remove.js';
import { addRuleTest } from './test.js';

export function addRuleCommands(program: Command, runner: Runner): void {
  const rule = program.command('rule').description('What makes a release of a delivery');
  addRuleApply(rule, runner);
  addRuleList(rule, runner);
  addRuleGet(rule, runner);
  addRuleTest(rule, runner);
  addRuleRemove(rule, runner);
}
