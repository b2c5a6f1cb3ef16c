import type { Strategy } from '@spillway/sdk';
import { age, stamp } from './moment.js';
import { stepWords } from './step.js';
import { facts, table } from './table.js';
import { limitWords, overrideWords, unreachableWords, waveWords } from './waves.js';

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
    ...strategy.overrides.map(
      (one, index) => [`Override ${index + 1}`, overrideWords(one)] as const,
    ),
    ['May be unreachable', unreachableWords(strategy)],
    ['Limits', strategy.limits && limitWords(strategy.limits)],
    ['Rolls back', strategy.rollBack === 'wave' ? 'the wave that fails' : undefined],
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

type Metric = Strategy['metrics'][number];
type Analysis = NonNullable<Strategy['analysis']>;

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
