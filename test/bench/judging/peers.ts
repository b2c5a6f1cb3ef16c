import {
  defaultKayentaSettings,
  defaultMannWhitneySettings,
  judgeKayenta,
  judgeMannWhitney,
  judgeMetric,
  type GaugeSamples,
  type MetricSpec,
} from '@spillway/domain-analysis';
import { duration } from '@spillway/kernel';
import { atLook, clusterNames, errorRate, measurementsOf, p99 } from './measurements.js';
import { rankZ } from './quick-ranks.js';
import { guardrails, lookEvery } from './specs.js';
import type { Arm, Look, Step } from './traffic.js';

type Clusters = readonly (readonly Look[])[];

/** Whether a way of judging that keeps no α would roll this release back. */
export type Peer = (clusters: Clusters, steps: readonly Step[]) => boolean;

/** Nobody here judges a handful of points. */
const firstPoints = 10;

/** The four metrics as series of values. */
const series: readonly {
  readonly value: (arm: Arm) => number;
  readonly hasTies: boolean;
}[] = [
  { value: ({ cpu }) => cpu, hasTies: false },
  { value: ({ queue }) => queue, hasTies: false },
  { value: p99, hasTies: true },
  { value: errorRate, hasTies: true },
];

/** At every look, with all points of the step, in every cluster and for every metric by itself. */
const atEveryLook =
  (isHarm: (samples: GaugeSamples) => boolean): Peer =>
  (clusters, steps) => {
    let first = 0;
    for (const { looks } of steps) {
      for (let points = firstPoints; points <= looks; points += 1) {
        const seen = clusters.map((all) => all.slice(first, first + points));
        if (series.some((one) => seen.some((own) => isHarmIn(own, one, isHarm)))) return true;
      }
      first += looks;
    }
    return false;
  };

/** p = 0.023: far from the 0.01 that both judges ask for. Saves their time where there is nothing. */
const farBelow = 2;

function isHarmIn(
  looks: readonly Look[],
  { value, hasTies }: (typeof series)[number],
  isHarm: (samples: GaugeSamples) => boolean,
): boolean {
  const candidate = looks.map((look) => value(look.candidate));
  const stable = looks.map((look) => value(look.stable));
  if (!hasTies && rankZ(candidate, stable) < farBelow) return false;
  return isHarm({ candidate, stable });
}

const exactSettings = { ...defaultMannWhitneySettings, direction: 'increase' } as const;
const kayentaSettings = { ...defaultKayentaSettings, direction: 'increase' } as const;

const bounds: readonly (readonly ['errors' | 'latency', Partial<MetricSpec>])[] = [
  ['errors', { min: 99 }],
  ['latency', { max: 500 }],
];

/** At least 99 % succeed and p99 is at most 500 ms; the fifth look of a step that is out of bounds rolls back. */
const thresholds =
  (every: number): Peer =>
  (clusters, steps) => {
    let first = 0;
    return steps.some(({ looks }) => {
      const from = first;
      first += looks;
      return clusters.some((all, cluster) => {
        const seen = inWindows(all.slice(from, from + looks), every);
        return bounds.some(([metric, bound]) => isOutOfBounds(metric, bound, { seen, cluster }));
      });
    });
  };

function isOutOfBounds(
  metric: 'errors' | 'latency',
  bound: Partial<MetricSpec>,
  { seen, cluster }: { readonly seen: readonly Look[]; readonly cluster: number },
): boolean {
  const { judge: _none, ...bare } = guardrails[metric];
  const spec = { ...bare, ...bound, interval: duration(lookEvery), failureLimit: 4 };
  const measurements = measurementsOf(metric, cluster, seen, 0);
  const name = clusterNames[cluster] ?? clusterNames[0];
  if (name === undefined) return false;
  const given = { spec, cluster: name, measurements, since: atLook(0) };
  return judgeMetric(given, atLook(seen.length)).kind === 'fail';
}

/** Looks that are taken together; thresholds see nothing but counts and histograms. */
function inWindows(looks: readonly Look[], every: number): readonly Look[] {
  return Array.from({ length: Math.floor(looks.length / every) }, (_, i) => {
    const window = looks.slice(i * every, (i + 1) * every);
    return {
      candidate: summed(window.map(({ candidate }) => candidate)),
      stable: summed(window.map(({ stable }) => stable)),
    };
  });
}

const summed = (arms: readonly Arm[]): Arm =>
  arms.reduce((a, b) => ({
    ...b,
    requests: a.requests + b.requests,
    errors: a.errors + b.errors,
    latencies: a.latencies.map((count, i) => count + (b.latencies[i] ?? 0)),
  }));

export const peers = {
  exact: atEveryLook((samples) => judgeMannWhitney(samples, exactSettings).kind === 'fail'),
  kayenta: atEveryLook((samples) => judgeKayenta(samples, kayentaSettings).kind === 'fail'),
  thresholds: thresholds(1),
  thresholdsByTheMinute: thresholds(6),
} as const satisfies Record<string, Peer>;

export type PeerName = keyof typeof peers;
