import type { Strategy } from '@spillway/sdk';
import { age, stamp } from './moment.js';
import { stepWords } from './step.js';
import { facts, table } from './table.js';

export const strategyTable = (strategies: readonly Strategy[], now: number): string =>
  table(
    ['NAME', 'VERSION', 'WAVES', 'STEPS', 'METRICS', 'AGE'],
    strategies.map(({ name, version, waves, steps, metrics, createdAt }) => [
      name,
      String(version),
      String(waves.length),
      steps.map(stepWords).join(', '),
      metrics.map((metric) => metric.name).join(',') || '-',
      age(createdAt, now),
    ]),
  );

export const strategyFacts = (strategy: Strategy): string =>
  facts([
    ['Name', strategy.name],
    ['Version', String(strategy.version)],
    ['Made', stamp(strategy.createdAt)],
    ...strategy.waves.map((wave, index) => [`Wave ${index + 1}`, waveWords(wave)] as const),
    ['May be unreachable', clusterCount(strategy.maxUnavailableClusters)],
    ...strategy.metrics.map((metric) => [`Metric ${metric.name}`, metricWords(metric)] as const),
    ...strategy.steps.map((step, index) => [`Step ${index + 1}`, stepWords(step)] as const),
    [
      'Sticky',
      strategy.sticky && `cookie ${strategy.sticky.cookie} for ${strategy.sticky.lifetime}`,
    ],
    ['Verify', strategy.verify === 'distributed' ? 'that the proxies have it' : undefined],
    ['Bake after promotion', strategy.bakeAfterPromotion],
  ]);

type Wave = Strategy['waves'][number];
type Metric = Strategy['metrics'][number];

function waveWords(wave: Wave): string {
  const pace = wave.pace === undefined ? '' : `, pace ${wave.pace}`;
  return selectorWords(wave) + pace;
}

function selectorWords(wave: Wave): string {
  if ('clusters' in wave) return wave.clusters.join(', ');
  if ('rest' in wave) return 'every cluster that is left';
  const labels = Object.entries(wave.labels).map(([key, value]) => `${key}=${value}`);
  return `clusters with ${labels.join(', ')}`;
}

function metricWords({ query, min, max, interval, count }: Metric): string {
  const bounds = [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
  ];
  return `${queryWords(query)} ${bounds.join(', ')}; ${count} × every ${interval}`;
}

function queryWords(query: Metric['query']): string {
  if ('requestSuccessRate' in query) return 'success rate in %';
  if ('requestLatency' in query) return `latency p${query.requestLatency.quantile * 100} in ms`;
  return query.promql;
}

const clusterCount = (count: number): string => `${count} ${count === 1 ? 'cluster' : 'clusters'}`;
