import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addSourceApply } from './apply.js';
import { addSourceGet } from './get.js';
import { addSourceList } from './list.js';
import { addSourceRemove } from './remove.js';

export function addSourceCommands(program: Command, runner: Runner): void {
  const source = program.command('source').description('Metrics backends beside the clusters’ own');
  addSourceApply(source, runner);
  addSourceList(source, runner);
  addSourceGet(source, runner);
  addSourceRemove(source, runner);
}
