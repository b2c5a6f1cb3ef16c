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
    ['Analysis', strategy.analysis && analysisWords(strategy.analysis)],
    ['Verify', strategy.verify === 'distributed' ? 'that the proxies have it' : undefined],
    ['Bake after promotion', strategy.bakeAfterPromotion],
  ]);

type Wave = Strategy['waves'][number];
type Metric = Strategy['metrics'][number];
type Analysis = NonNullable<Strategy['analysis']>;

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

const metricWords = (metric: Metric): string =>
  [
    `${queryWords(metric.query)}: ${wantedOf(metric).join(', ')}`,
    `${metric.count} × every ${metric.interval}`,
    ...(metric.weight === 1 ? [] : [`weight ${metric.weight}`]),
    ...(metric.dryRun ? ['decides nothing'] : []),
  ].join('; ');

const wantedOf = ({ min, max, judge }: Metric): readonly string[] => [
  ...(min === undefined ? [] : [`at least ${min}`]),
  ...(max === undefined ? [] : [`at most ${max}`]),
  ...(judge === undefined ? [] : [`compared by ${Object.keys(judge).join()}`]),
];

function queryWords(query: Metric['query']): string {
  if ('requestSuccessRate' in query) return 'success rate in %';
  if ('requestLatency' in query) return `latency p${query.requestLatency.quantile * 100} in ms`;
  if ('promql' in query) return query.promql;
  if ('pushed' in query) return `pushed as ${query.pushed}`;
  if ('source' in query) return `${query.source.value}, asked of ${query.source.name}`;
  const { name, requests, errors } = query.sourceCounts;
  return `${errors} of ${requests}, asked of ${name}`;
}

const analysisWords = ({ alpha, metrics, clusters }: Analysis): string =>
  `alpha ${alpha}, shared by ${metrics} over metrics, ${clusters} over clusters`;

const clusterCount = (count: number): string => `${count} ${count === 1 ? 'cluster' : 'clusters'}`;
