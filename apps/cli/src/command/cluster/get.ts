import type { Command } from 'commander';
import { clusterFacts } from '../../render/cluster.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addClusterGet(cluster: Command, runner: Runner): void {
  cluster
    .command('get')
    .description('One cluster')
    .argument('<name>')
    .addHelpText('after', examples('spillway cluster get eu-west'))
    .action(
      runner.run(async ({ client, io, print }, name: string) => {
        const found = await client.clusters.get(name);
        print(found, () => clusterFacts(found, io.now()));
      }),
    );
}
