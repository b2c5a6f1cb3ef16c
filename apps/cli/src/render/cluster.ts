import type { Cluster, Probe } from '@spillway/sdk';
import { age, elapsed } from './moment.js';
import type { Paint, Tone } from './paint.js';
import { printable } from './printable.js';
import { facts, table } from './table.js';

interface Look {
  readonly now: number;
  readonly paint: Paint;
}

const tones: Readonly<Record<Cluster['state'], Tone>> = {
  ready: 'good',
  connecting: 'busy',
  unreachable: 'bad',
  notConnected: 'quiet',
};

export const clusterTable = (clusters: readonly Cluster[], { now, paint }: Look): string =>
  table(
    ['NAME', 'STATE', 'CONNECTION', 'METRICS', 'LABELS', 'AGE'],
    clusters.map((cluster) => [
      cluster.name,
      { text: cluster.state, tone: tones[cluster.state] },
      cluster.connection.kind,
      cluster.metrics.kind,
      labelsOf(cluster) ?? '-',
      age(cluster.createdAt, now),
    ]),
    paint,
  );

export function clusterFacts(cluster: Cluster, now: number): string {
  const { state, since, connection, metrics, proxies } = cluster;
  const inState = since === undefined ? '' : ` for ${elapsed(now - Date.parse(since))}`;
  const { kind, context, seed } = connection;
  return facts([
    ['Name', cluster.name],
    ['State', state + inState],
    ['Reason', cluster.reason],
    ['Labels', labelsOf(cluster)],
    ['Connection', `${kind}${bracketed([given('context', context), given('seed', seed)])}`],
    ['Metrics', metrics.kind],
    ['Prometheus', metrics.url],
    ['Reporter', metrics.reporter],
    ['Scraped', metrics.scrapeInterval && `every ${metrics.scrapeInterval}`],
    ['Auth', metrics.auth],
    ['Proxies', proxies && `asked through ${proxies.kind} ${proxies.urls.join(', ')}`],
    ['Age', age(cluster.createdAt, now)],
  ]);
}

export const probeText = ({ findings }: Probe, paint: Paint): string =>
  findings
    .map(({ kind, message, kubernetesVersion, istioVersion }) => {
      const sign = kind === 'ok' ? paint('good', '✔') : paint('bad', '✘');
      const versions = [given('Kubernetes', kubernetesVersion), given('Istio', istioVersion)];
      return `${sign} ${printable(message + bracketed(versions))}\n`;
    })
    .join('');

function labelsOf({ labels }: Cluster): string | undefined {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? undefined : pairs.join(',');
}

const given = (label: string, value: string | number | undefined): string =>
  value === undefined ? '' : `${label} ${value}`;

const bracketed = (parts: readonly string[]): string => {
  const known = parts.filter((part) => part !== '');
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
};
