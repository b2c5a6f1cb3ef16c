import { bareCells, guardedCells } from './detection.js';
import {
  alphas,
  clusterRules,
  keyOf,
  metricKeyOf,
  metricRules,
  policies,
  type Tally,
} from './false-rollbacks.js';
import { judged } from './cpu.js';
import { percent, rate, secondsAt, table, whole } from './markdown.js';
import { noiseOf, quantile, sorted } from './rates.js';
import { metricNames } from './specs.js';
import type { Found } from './work.js';

export interface Figures {
  readonly machine: string;
  readonly seed: number;
  readonly releases: number;
  readonly simulations: number;
  readonly seconds: number;
  readonly tally: Tally;
  /** By the places of `bareCells`. */
  readonly bare: readonly Found[];
  /** By the places of `guardedCells`. */
  readonly guarded: readonly Found[];
  /** Milliseconds. */
  readonly cpu: number;
}

const percents = alphas.map((alpha) => `α = ${percent(alpha)}`);

const names = {
  weight: 'α by weight',
  holm: 'Holm',
  eBH: 'e-BH',
  average: 'average over clusters',
  product: 'product over clusters',
} as const;

function ours({ tally, releases }: Figures): string {
  const rows = clusterRules.flatMap((clusters) =>
    metricRules.map((metrics) => [
      `${names[metrics]}, ${names[clusters]}`,
      ...alphas.map((alpha) => rate(tally[keyOf({ alpha, metrics, clusters })] ?? 0, releases)),
    ]),
  );
  return table(['Spillway', ...percents], rows);
}

function others({ tally, releases }: Figures): string {
  const row = (name: string, key: string): readonly string[] => [
    name,
    rate(tally[key] ?? 0, releases),
  ];
  return table(
    ['Without a correction for looks', 'Rolled back'],
    [
      row('Mann–Whitney as Kayenta computes it, 98 %, at every look', 'kayenta'),
      row('Mann–Whitney with the exact null, 98 %, at every look', 'exact'),
      row('Success rate ≥ 99 % and p99 ≤ 500 ms, 5 failures, every 10 s', 'thresholds'),
      row('The same, every minute', 'thresholdsByTheMinute'),
    ],
  );
}

const alone = ({ tally, releases }: Figures): string =>
  table(
    ['One metric alone', ...percents],
    metricNames.flatMap((metric) =>
      clusterRules
        .filter((rule) => rule === 'average' || metric === 'errors' || metric === 'latency')
        .map((rule) => [
          `${metric}${metric === 'cpu' || metric === 'queue' ? '' : `, ${names[rule]}`}`,
          ...alphas.map((alpha) => rate(tally[metricKeyOf(metric, rule, alpha)] ?? 0, releases)),
        ]),
    ),
  );

const publishedRuns = 200;

/** Published quantiles are interpolated between looks; harm is found at one. */
const toLook = (seconds: number): number => Math.round(seconds / 10) * 10;

function bare({ bare: found }: Figures): string {
  const rows = bareCells.map(({ weight, ratio, published }, i) => {
    const values = sorted(found[i] ?? []);
    const compared = ([share, told]: readonly [number, number]): readonly string[] => {
      const { low, high } = noiseOf(values, share, publishedRuns);
      return [
        `${told} s`,
        secondsAt(values, share),
        `${whole.format(low)}–${whole.format(high)} s`,
        toLook(told) >= low && toLook(told) <= high ? 'yes' : '**no**',
      ];
    };
    const quantiles = [[0.5, published.median] as const, [0.9, published.p90] as const];
    return [`${percent(weight)}, ×${ratio}`, ...quantiles.flatMap(compared)];
  });
  const each = (name: string): readonly string[] => [
    `${name} published`,
    'here',
    'its noise',
    'within',
  ];
  return table(['Weight, errors', ...each('median'), ...each('p90')], rows);
}

function guarded({ guarded: found }: Figures): string {
  const rows = guardedCells.map(({ name }, i) => {
    const values = sorted(found[i] ?? []);
    const share = values.filter(Number.isFinite).length / values.length;
    return [name, secondsAt(values, 0.5), secondsAt(values, 0.9), percent(share)];
  });
  return table(['Harm in all clusters', 'Median', 'p90', 'Found within the hour'], rows);
}

/** Asked of the bare judge at 10 %: seconds until half of the releases are found. */
export const promised = [
  { weight: 0.1, ratio: 2, atMost: 430 },
  { weight: 0.1, ratio: 5, atMost: 45 },
] as const;

/** What the figures break of what is promised; nothing, one hopes. */
export function broken({ tally, releases, bare: found }: Figures): readonly string[] {
  const excess = policies
    .filter((policy) => (tally[keyOf(policy)] ?? 0) / releases > policy.alpha)
    .map((policy) => `${keyOf(policy)}: more healthy releases were rolled back than asked for`);
  const late = promised
    .filter(({ weight, ratio, atMost }) => {
      const at = bareCells.findIndex((cell) => cell.weight === weight && cell.ratio === ratio);
      return !(quantile(sorted(found[at] ?? []), 0.5) <= atMost);
    })
    .map(
      ({ weight, ratio, atMost }) => `×${ratio} at ${percent(weight)} takes more than ${atMost} s`,
    );
  return [...excess, ...late];
}

export const pageOf = (figures: Figures): string => `# Judging in figures

Written by \`npm run bench:judging\`; run it again and it is written anew. Seed ${figures.seed},
${whole.format(figures.releases)} healthy releases, ${whole.format(figures.simulations)} simulations of each kind of harm,
${whole.format(Math.round(figures.seconds / 60))} minutes on ${figures.machine}. The same seed gives the same figures on any
machine, but for times.

## Healthy releases that were rolled back

Both versions are the same. Three clusters with 100 requests a second each; weights 5 → 10 → 25 → 50 %,
a quarter of an hour each; every metric is measured every 10 seconds for an hour. 0.5 % of requests
fail, half of them in bursts of half a minute that strike all clusters and both versions at once and
also double latencies. Load is autoregressive (ρ = 0.8), half of it common to all clusters, and moves
requests, latencies and one of the gauges. Four metrics: failed requests (\`errorCount\`), Istio's latency
histogram (\`latency\`), and two gauges with autoregressive noise (ρ = 0.8), one of them skewed
(\`mannWhitney\`, looking each 10 points). In brackets: Wilson's interval, 95 %.

${ours(figures)}

More than α must not be rolled back; less is the price of looking ${whole.format(360)} times, of four metrics that
share α, and of clusters and steps that share it again.

On the same data, with the same looks:

${others(figures)}

Each metric by itself, as if the release had no other and it had all of α:

${alone(figures)}

## How soon harm is found

The error-count judge by itself: one cluster, 100 requests a second, 0.5 % of stable's fail, α = 1 %, a
look every 10 seconds, no steps. Published figures are of ${publishedRuns} simulations each; the noise is
where theirs, rounded to a look, may lie for that reason (95 %: of 22 figures one may be outside).

${bare(figures)}

The whole release: α = 1 % shared by four metrics, three clusters averaged, weights 5 → 10 → 25 → 50 % in a
quarter of an hour each unless it says otherwise, bursts and load as above. Seconds since the
release began.

${guarded(figures)}

## What judging costs

${whole.format(judged.releases)} releases, failed requests and latencies in one cluster, judged once at their ${judged.look}th look:
${whole.format(Math.round(figures.cpu))} ms of processor time.
`;
