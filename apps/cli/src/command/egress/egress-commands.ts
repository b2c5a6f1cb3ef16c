import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addEgressApply } from './apply.js';
import { addEgressEnforce } from './enforce.js';
import { addEgressGet } from './get.js';
import { addEgressList } from './list.js';
import { addEgressReport } from './report.js';
import { addEgressRollback } from './rollback.js';

export function addEgressCommands(program: Command, runner: Runner): void {
  const egress = program
    .command('egress')
    .description('What the workloads of a namespace may reach outside the mesh');
  addEgressApply(egress, runner);
  addEgressList(egress, runner);
  addEgressGet(egress, runner);
  addEgressReport(egress, runner);
  addEgressEnforce(egress, runner);
  addEgressRollback(egress, runner);
}
