import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { addClusterAdd } from './add.js';
import { addClusterGet } from './get.js';
import { addClusterList } from './list.js';
import { addClusterProbe } from './probe.js';
import { addClusterRemove } from './remove.js';

export function addClusterCommands(program: Command, runner: Runner): void {
  const cluster = program.command('cluster').description('Clusters that releases reach');
  addClusterAdd(cluster, runner);
  addClusterList(cluster, runner);
  addClusterGet(cluster, runner);
  addClusterProbe(cluster, runner);
  addClusterRemove(cluster, runner);
}
