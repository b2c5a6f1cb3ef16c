import type { Command } from 'commander';
import { exitCode } from '../../exit-code.js';
import { probeText } from '../../render/cluster.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addClusterProbe(cluster: Command, runner: Runner): void {
  cluster
    .command('probe')
    .description('Test whether a cluster can be released in; changes nothing. Exits 1 if it cannot')
    .argument('<name>')
    .addHelpText('after', examples('spillway cluster probe eu-west'))
    .action(
      runner.run(async ({ client, paint, print }, name: string) => {
        const probe = await client.clusters.probe(name);
        print(probe, () => probeText(probe, paint));
        return probe.ok ? exitCode.succeeded : exitCode.failed;
      }),
    );
}
