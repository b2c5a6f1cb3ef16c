import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addClusterRemove(cluster: Command, runner: Runner): void {
  cluster
    .command('remove')
    .description('Make Spillway forget a cluster; changes nothing in it')
    .argument('<name>')
    .addHelpText('after', examples('spillway cluster remove eu-west'))
    .action(
      runner.run(async ({ client, print }, name: string) => {
        await client.clusters.remove(name);
        print({ name, removed: true }, () => `cluster ${name} removed\n`);
      }),
    );
}
