import { drawLatencies, levelOf } from './latency-model.js';
import { autoregressive, randomOf, type Random } from './random.js';

/** What one version did in one cluster in the ten seconds before a look. */
export interface Arm {
  readonly requests: number;
  readonly errors: number;
  /** By bucket of `istioBuckets`; empty where nobody asked. */
  readonly latencies: readonly number[];
  readonly cpu: number;
  readonly queue: number;
}

export interface Look {
  readonly candidate: Arm;
  readonly stable: Arm;
}

/** In what the candidate is worse, in every cluster; in nothing where nothing is said. */
export interface Harm {
  /** How many times stable's error rate. */
  readonly errors?: number;
  /** By how many times the 99th percentile of latencies is slower; the median is the same. */
  readonly tail?: number;
  /** By how many of its deviations the load on the processor is higher. */
  readonly cpu?: number;
}

export interface Step {
  /** The candidate's share of requests. */
  readonly weight: number;
  readonly looks: number;
}

/** 5 → 10 → 25 → 50 % within an hour, a look every 10 seconds. */
export const canary: readonly Step[] = [0.05, 0.1, 0.25, 0.5].map((weight) => ({
  weight,
  looks: 90,
}));

export interface Scene {
  readonly seed: number;
  readonly release: number;
  readonly clusters: number;
  readonly steps: readonly Step[];
  readonly harm: Harm;
  /** Latencies are most of the work, and not always looked at. */
  readonly withLatencies: boolean;
}

/** 100 a second for ten seconds. */
const requestsPerLook = 1_000;
const rho = 0.8;

/** Errors: 0.5 % on average; half of them in bursts of half a minute, once in ten minutes. */
const burst = { begins: 1 / 60, ends: 1 / 3, rate: 0.05, slowdown: 2 };
const shareInBursts = burst.begins / (burst.begins + burst.ends);
const averageRate = 0.005;
const calmRate = (averageRate - shareInBursts * burst.rate) / (1 - shareInBursts);

/** What strikes all clusters and both versions at once. */
interface Weather {
  readonly load: number;
  readonly isBurst: boolean;
}

function weatherOf(random: Random, looks: number): readonly Weather[] {
  const load = autoregressive(random, rho);
  let isBurst = random.uniform() < shareInBursts;
  return Array.from({ length: looks }, () => {
    const now = { load: load(), isBurst };
    isBurst = random.uniform() < (isBurst ? 1 - burst.ends : burst.begins);
    return now;
  });
}

/** The looks of each cluster, over all steps. */
export function traffic(scene: Scene): readonly (readonly Look[])[] {
  const random = randomOf(scene.seed, scene.release);
  const weights = scene.steps.flatMap(({ weight, looks }) =>
    Array.from({ length: looks }, () => weight),
  );
  const weather = weatherOf(random, weights.length);
  return Array.from({ length: scene.clusters }, () =>
    clusterTraffic(random, weather, weights, scene),
  );
}

/** Half of the load is the cluster's own. */
function clusterTraffic(
  random: Random,
  weather: readonly Weather[],
  weights: readonly number[],
  { harm, withLatencies }: Scene,
): readonly Look[] {
  const ownLoad = autoregressive(random, rho);
  const drawCandidate = armOf(random, harm, withLatencies);
  const drawStable = armOf(random, {}, withLatencies);
  return weather.map(({ load: common, isBurst }, look) => {
    const load = (common + ownLoad()) * Math.SQRT1_2;
    const mean = requestsPerLook * Math.exp(0.25 * load - 0.25 ** 2 / 2);
    const all = Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
    // The proxy picks a version for each request by chance.
    const own = random.binomial(all, weights[look] ?? 0);
    return {
      candidate: drawCandidate(own, load, isBurst),
      stable: drawStable(all - own, load, isBurst),
    };
  });
}

function armOf(random: Random, harm: Harm, withLatencies: boolean) {
  const { errors = 1, tail = 1, cpu = 0 } = harm;
  const [ownCpu, ownQueue] = [autoregressive(random, rho), autoregressive(random, rho)];
  return (requests: number, load: number, isBurst: boolean): Arm => {
    const level = levelOf(Math.exp(0.1 * load) * (isBurst ? burst.slowdown : 1));
    return {
      requests,
      errors: random.binomial(requests, errors * (isBurst ? burst.rate : calmRate)),
      latencies: withLatencies ? drawLatencies(random, requests, { level, tail }) : [],
      cpu: 50 + 5 * load + 5 * (ownCpu() + cpu),
      queue: Math.exp(1 + 0.8 * ownQueue()),
    };
  };
}
