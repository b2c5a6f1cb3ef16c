import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addServiceApply } from './apply.js';
import { addServiceGet } from './get.js';
import { addServiceList } from './list.js';

export function addServiceCommands(program: Command, runner: Runner): void {
  const service = program.command('service').description('Mesh services that can be released');
  addServiceApply(service, runner);
  addServiceList(service, runner);
  addServiceGet(service, runner);
}
