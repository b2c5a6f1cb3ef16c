import { Option, type Command } from 'commander';
import { clusterFacts } from '../../render/cluster.js';
import type { Runner } from '../../session.js';
import { label, wholeNumber } from '../arguments.js';
import { examples } from '../examples.js';
import { clusterDocument, type ClusterOptions } from './cluster-document.js';

export function addClusterAdd(cluster: Command, runner: Runner): void {
  const add = cluster
    .command('add')
    .description('Add a cluster, or replace the one of that name')
    .argument('<name>', 'unique name');
  connectionOptions(add);
  metricsOptions(add);
  add
    .option('--label <key=value>', 'what waves select by; may be given several times', label)
    .addHelpText(
      'after',
      examples(
        'spillway cluster add eu-west --kubeconfig eu-west.kubeconfig --label region=eu --prometheus http://prometheus.eu-west:9090',
        'spillway cluster add here --in-cluster --prometheus http://prometheus.istio-system:9090',
        'spillway cluster add try-out --simulated --seed 7',
      ),
    )
    .action(
      runner.run(async ({ client, io, print }, name: string, options: ClusterOptions) => {
        const added = await client.clusters.put(await clusterDocument(name, options, io));
        print(added, () => clusterFacts(added, io.now()));
      }),
    );
}

const connectionOptions = (add: Command): Command =>
  add
    .addOption(
      new Option(
        '--kubeconfig <file>',
        'file with the credentials; "-" reads standard input',
      ).conflicts(['inCluster', 'simulated']),
    )
    .option('--context <name>', 'context of the kubeconfig (default: its current one)')
    .addOption(
      new Option('--in-cluster', 'the cluster that Spillway itself runs in').conflicts('simulated'),
    )
    .option('--simulated', 'a made-up cluster with traffic, for trying things out')
    .addOption(
      new Option('--seed <number>', 'the same seed behaves the same way (default: 1)').argParser(
        wholeNumber(0),
      ),
    );

const metricsOptions = (add: Command): Command =>
  add
    .addOption(
      new Option('--prometheus <url>', 'base address of the Prometheus API').conflicts('metrics'),
    )
    .option('--prometheus-token-file <file>', 'file with its bearer token')
    .option('--prometheus-user <name>', 'user of HTTP basic authentication')
    .option('--prometheus-password-file <file>', 'file with the password of that user')
    .option('--prometheus-ca-file <file>', 'PEM of a private authority that signed its certificate')
    .option('--prometheus-timeout <duration>', 'how long a query may take (default: 10s)')
    .addOption(
      new Option(
        '--prometheus-reporter <proxy>',
        'whose figures to read (default: destination)',
      ).choices(['source', 'destination', 'waypoint']),
    )
    .option('--prometheus-scrape-interval <duration>', 'time between two scrapes (default: 15s)')
    .option('--prometheus-lag <duration>', 'how late a scrape may arrive (default: 1s)')
    .option('--no-metrics', 'release here without analysis');
