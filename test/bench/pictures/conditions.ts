import {
  countLogE,
  judgeMetric,
  type ArmCounts,
  type CountLook,
  type Measurement,
  type MetricCase,
  type MetricSpec,
  type Sample,
} from '@spillway/domain-analysis';
import { clusterName, duration, instant } from '@spillway/kernel';
import { Chance, usual } from './traffic.js';

/**
 * How often the test of error counts stops a candidate that is the same as stable, where a
 * condition that it rests on does not hold. An hour, a look every half minute: by the sums of all
 * looks and the candidate's share as it was counted, and by what a release makes of it.
 */
const releases = 400;
const looks = 120;
const alpha = 0.01;
const prior = { a: 1, b: 1 };
/** In half a minute. */
const traffic = usual;

const none: ArmCounts = { requests: 0, errors: 0 };
const sum = (a: ArmCounts, b: ArmCounts): ArmCounts => ({
  requests: a.requests + b.requests,
  errors: a.errors + b.errors,
});

type Scene = (chance: Chance) => readonly CountLook[];

/** Nothing is wrong. */
const sound: Scene = (chance) => chance.looks(looks, traffic);

/** In the second half more pods of the candidate are there, and everything fails more often. */
const drifting: Scene = (chance) => [
  ...chance.looks(looks / 2, { ...traffic, weight: 0.05, errorRate: 0.001 }),
  ...chance.looks(looks / 2, { ...traffic, weight: 0.2, errorRate: 0.01 }),
];

/** Each failed request is three failed attempts, all of the version that was picked once. */
const retried: Scene = (chance) =>
  chance.looks(looks, { ...traffic, errorRate: traffic.errorRate / 3 }).map((look) => ({
    candidate: tripled(look.candidate),
    stable: tripled(look.stable),
  }));

const tripled = ({ requests, errors }: ArmCounts): ArmCounts => ({
  requests: requests + 2 * errors,
  errors: 3 * errors,
});

/** One client makes as many errors as all others, and stays with one version. */
const sticky: Scene = (chance) => {
  const arm = chance.uniform() < traffic.weight ? 'candidate' : 'stable';
  return chance.looks(looks, traffic).map((look) => {
    const errors = chance.binomial(20, 0.25);
    const { requests, errors: others } = look[arm];
    return { ...look, [arm]: { requests: requests + 20, errors: others + errors } };
  });
};

/** Five seconds each, the length of a burst. */
const ticksPerLook = 6;
const ticks = looks * ticksPerLook;
const ticksPerScrape = 3;
/** One in five minutes. */
const bursts = 1 / 60;

/**
 * Every five minutes, half of all requests fail for five seconds. Pods are scraped every 15 seconds,
 * each at a moment of its own: stable's, and the one of the candidate.
 */
const scraped =
  (stablePods: number): Scene =>
  (chance) => {
    const rates = Array.from({ length: ticks }, () => (chance.uniform() < bursts ? 0.5 : 0.001));
    const own = scrapesOf(chance, 50, rates);
    const others = Array.from({ length: stablePods }, () =>
      scrapesOf(chance, 450 / stablePods, rates),
    );
    return Array.from({ length: looks }, (_, i) => ({
      candidate: grown([own], i),
      stable: grown(others, i),
    }));
  };

/** A pod's counters as they are known after each tick, from its last scrape. */
function scrapesOf(
  chance: Chance,
  requests: number,
  rates: readonly number[],
): readonly ArmCounts[] {
  const phase = Math.floor(ticksPerScrape * chance.uniform());
  let [now, known] = [none, none];
  return rates.map((rate, tick) => {
    now = sum(now, { requests, errors: chance.binomial(requests, rate) });
    if (tick % ticksPerScrape === phase) known = now;
    return known;
  });
}

const grown = (pods: readonly (readonly ArmCounts[])[], look: number): ArmCounts =>
  pods
    .map((known) => {
      const end = (look + 1) * ticksPerLook - 1;
      const [from, to] = [known[end - ticksPerLook] ?? none, known[end] ?? none];
      return { requests: to.requests - from.requests, errors: to.errors - from.errors };
    })
    .reduce(sum, none);

/** ln of the likelihood of the best share above p0: no mixture of shares is better, and it costs less. */
function mostEvidence(x: number, n: number, p0: number): number {
  if (!(p0 > 0 && p0 < 1) || x <= n * p0) return 0;
  const others = n - x;
  return x * Math.log(x / n / p0) + (others === 0 ? 0 : others * Math.log(others / n / (1 - p0)));
}

/** Places of the looks at which the sums alone stop it. */
function stops(all: readonly CountLook[]): readonly number[] {
  let [candidate, stable] = [none, none];
  return all.flatMap((look, i) => {
    candidate = sum(candidate, look.candidate);
    stable = sum(stable, look.stable);
    const p0 = candidate.requests / (candidate.requests + stable.requests);
    const [x, n] = [candidate.errors, candidate.errors + stable.errors];
    const isStopped =
      mostEvidence(x, n, p0) >= -Math.log(alpha) &&
      countLogE({ x, n, p0, prior, sides: 'one' }) >= -Math.log(alpha);
    return isStopped ? [i] : [];
  });
}

/** What a release knows of the condition. */
type Known = Partial<Pick<MetricCase, 'hasOwnShare' | 'resolution'>> & {
  readonly maxRatio?: number;
};

const cluster = clusterName('eu');
const half = duration(30_000);

const armOf = ({ requests, errors }: ArmCounts): Sample => ({
  value: 100 * (1 - errors / requests),
  requests,
  errors,
});

const measurementsOf = (all: readonly CountLook[]): readonly Measurement[] =>
  all.map(({ candidate, stable }, ordinal) => ({
    metric: 'errors',
    cluster,
    ordinal,
    from: instant(ordinal * half),
    to: instant((ordinal + 1) * half),
    reading: { kind: 'value', candidate: armOf(candidate), stable: armOf(stable) },
  }));

const specOf = (maxRatio: number): MetricSpec => ({
  name: 'errors',
  query: { kind: 'requestSuccessRate' },
  initialDelay: duration(0),
  interval: half,
  window: half,
  count: 1,
  failureLimit: 0,
  consecutiveErrorLimit: 0,
  minSample: 0,
  noData: { kind: 'ignore' },
  judge: { kind: 'errorCount', maxRatio, minRequests: 1 },
});

/** Every five minutes. */
const seldom = Array.from({ length: looks / 10 }, (_, i) => 10 * i + 9);

/**
 * By the judge of releases. What it knows makes it more careful than the sums, so it is asked where
 * those stop; a share that wanders is another test, which is asked every five minutes.
 */
function isStoppedInRelease(all: readonly CountLook[], { maxRatio = 1, ...known }: Known): boolean {
  const measurements = measurementsOf(all);
  return (known.hasOwnShare === true ? seldom : stops(all)).some((i) => {
    const given = { spec: specOf(maxRatio), cluster, since: instant(0), alpha, ...known };
    const verdict = judgeMetric(
      { ...given, measurements: measurements.slice(0, i + 1) },
      instant(looks * half),
    );
    return (verdict.evidence.comparison?.logE ?? 0) >= -Math.log(alpha);
  });
}

const scenes: readonly (readonly [what: string, scene: Scene, known?: Known])[] = [
  ['all hold', sound],
  [
    'the candidate’s share rises from 5 to 20 % while errors rise from 0.1 to 1 %',
    drifting,
    { hasOwnShare: true },
  ],
  ['every failed request is counted as three attempts', retried],
  ['sticky: one client makes as many errors as all others', sticky, { maxRatio: 3 }],
  [
    'bursts, scrapes at different moments: one pod of each version',
    scraped(1),
    { resolution: duration(15_000) },
  ],
  ['the same with nine pods of stable', scraped(9), { resolution: duration(15_000) }],
];

function shares(scene: Scene, known: Known | undefined, seed: number): readonly [string, string] {
  const chance = new Chance(seed);
  const all = Array.from({ length: releases }, () => scene(chance));
  const plain = all.filter((one) => stops(one).length > 0).length;
  const inRelease =
    known === undefined ? plain : all.filter((one) => isStoppedInRelease(one, known)).length;
  const share = (stopped: number): string => `${Number(((100 * stopped) / releases).toFixed(1))} %`;
  return [share(plain), share(inRelease)];
}

/** Rows of the table in the guide. */
export const brokenConditions = (): readonly (readonly [string, string, string])[] =>
  scenes.map(([what, scene, known], i) => [what, ...shares(scene, known, 900 + i)]);
