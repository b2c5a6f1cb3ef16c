import type { ClusterDocument } from '@spillway/sdk';
import type { Io } from '../../io.js';
import { readInput } from '../../read-input.js';
import { UsageError } from '../../usage-error.js';

export interface ClusterOptions {
  readonly label?: Readonly<Record<string, string>>;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly inCluster?: boolean;
  readonly simulated?: boolean;
  readonly seed?: number;
  readonly prometheus?: string;
  readonly prometheusTokenFile?: string;
  readonly prometheusUser?: string;
  readonly prometheusPasswordFile?: string;
  readonly prometheusCaFile?: string;
  readonly prometheusTimeout?: string;
  readonly prometheusReporter?: 'source' | 'destination' | 'waypoint';
  readonly prometheusScrapeInterval?: string;
  readonly prometheusLag?: string;
  /** False by `--no-metrics`. */
  readonly metrics: boolean;
}

type Connection = ClusterDocument['connection'];
type Metrics = ClusterDocument['metrics'];
type Prometheus = Extract<Metrics, { prometheus: unknown }>['prometheus'];

/** The document that the options of `cluster add` describe, with the files that they name. */
export async function clusterDocument(
  name: string,
  options: ClusterOptions,
  io: Io,
): Promise<ClusterDocument> {
  refuseStrays(options);
  return {
    name,
    labels: { ...options.label },
    connection: await connectionOf(options, io),
    metrics: await metricsOf(options, io),
  };
}

/** Options that would be ignored without another one; somebody meant something by them. */
const needs = [
  ['context', 'kubeconfig'],
  ['seed', 'simulated'],
  ['prometheusTokenFile', 'prometheus'],
  ['prometheusUser', 'prometheus'],
  ['prometheusPasswordFile', 'prometheusUser'],
  ['prometheusUser', 'prometheusPasswordFile'],
  ['prometheusCaFile', 'prometheus'],
  ['prometheusTimeout', 'prometheus'],
  ['prometheusReporter', 'prometheus'],
  ['prometheusScrapeInterval', 'prometheus'],
  ['prometheusLag', 'prometheus'],
] as const satisfies readonly (readonly [keyof ClusterOptions, keyof ClusterOptions])[];

const flag = (option: string): string =>
  `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function refuseStrays(options: ClusterOptions): void {
  const stray = needs.find(
    ([option, other]) => options[option] !== undefined && options[other] === undefined,
  );
  if (stray === undefined) return;
  const [option, other] = stray.map(flag);
  throw new UsageError(
    `${option} means nothing without ${other}.`,
    `Add ${other}, or leave ${option} out.`,
  );
}

async function connectionOf(options: ClusterOptions, io: Io): Promise<Connection> {
  const { kubeconfig, context, inCluster, simulated, seed = 1 } = options;
  if (inCluster === true) return { inCluster: true };
  if (simulated === true) return { simulated: { seed } };
  if (kubeconfig === undefined) {
    throw new UsageError(
      'How the cluster is reached is not said.',
      'Add --kubeconfig FILE, --in-cluster or --simulated.',
    );
  }
  const text = await readInput(io, kubeconfig);
  return { kubeconfig: text, ...(context === undefined ? {} : { context }) };
}

async function metricsOf(options: ClusterOptions, io: Io): Promise<Metrics> {
  if (options.prometheus !== undefined) {
    return { prometheus: await prometheusOf(options.prometheus, options, io) };
  }
  if (!options.metrics) return { none: true };
  if (options.simulated === true) return { simulated: true };
  throw new UsageError(
    'Where the cluster’s metrics come from is not said.',
    'Add --prometheus URL, or --no-metrics to release here without analysis.',
  );
}

async function prometheusOf(url: string, options: ClusterOptions, io: Io): Promise<Prometheus> {
  const read = async (path: string | undefined): Promise<string | undefined> =>
    path === undefined ? undefined : (await readInput(io, path)).trim();
  const bearerToken = await read(options.prometheusTokenFile);
  const password = await read(options.prometheusPasswordFile);
  const caCertificate = await read(options.prometheusCaFile);
  const { prometheusUser: username } = options;
  return {
    url,
    ...(bearerToken === undefined ? {} : { bearerToken }),
    ...(username === undefined || password === undefined ? {} : { basic: { username, password } }),
    ...(caCertificate === undefined ? {} : { caCertificate }),
    ...samplingOf(options),
  };
}

/** What is asked of it, and how; what is not said is left to the server's defaults. */
function samplingOf(
  options: ClusterOptions,
): Pick<Prometheus, 'timeout' | 'reporter' | 'scrapeInterval' | 'lag'> {
  const { prometheusTimeout: timeout, prometheusReporter: reporter } = options;
  const { prometheusScrapeInterval: scrapeInterval, prometheusLag: lag } = options;
  return {
    ...(timeout === undefined ? {} : { timeout }),
    ...(reporter === undefined ? {} : { reporter }),
    ...(scrapeInterval === undefined ? {} : { scrapeInterval }),
    ...(lag === undefined ? {} : { lag }),
  };
}
