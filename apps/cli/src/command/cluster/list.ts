import type { Command } from 'commander';
import { every } from '../../every.js';
import { clusterTable } from '../../render/cluster.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addClusterList(cluster: Command, runner: Runner): void {
  cluster
    .command('list')
    .description('All clusters with the state of their connection')
    .addHelpText('after', examples('spillway cluster list', 'spillway cluster list -o json'))
    .action(
      runner.run(async ({ client, io, paint, print }) => {
        const clusters = await every(client.clusters.all());
        print(clusters, () => clusterTable(clusters, { now: io.now(), paint }));
      }),
    );
}
