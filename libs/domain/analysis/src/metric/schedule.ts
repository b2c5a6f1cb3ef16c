import { after, duration, instant, type Duration, type Instant } from '@spillway/kernel';
import type { Measurement } from '../measurement.js';
import type { MetricSpec } from './metric-spec.js';

/** How a cluster's metrics come about. */
export interface Sampling {
  /** Time between two samples of the same counter: what a window tells of its first seconds may be older by so much. */
  readonly resolution: Duration;
  /** How long after a window's end its last sample may still arrive. */
  readonly lag: Duration;
}

export const promptSampling: Sampling = { resolution: duration(0), lag: duration(0) };

const second = 1_000;

/**
 * Windows end on multiples of the interval, whenever the weight went live, so that all releases
 * which measure a metric look at the same seconds and the backend is asked once for all of them.
 */
const gridOf = ({ interval }: MetricSpec): number => (interval % second === 0 ? interval : second);

/** The end of the n-th window since `since` (from 0); it never reaches before `since`. */
export function dueAt(spec: MetricSpec, since: Instant, n: number): Instant {
  const grid = Math.max(gridOf(spec), second);
  const first = Math.ceil(after(since, spec.initialDelay, spec.window) / grid) * grid;
  return instant(Math.ceil((first + n * spec.interval) / second) * second);
}

/** Those whose window lies wholly after `since`: older ones looked at other traffic. */
export const measuredSince = (
  measurements: readonly Measurement[],
  since: Instant,
): readonly Measurement[] => measurements.filter(({ from }) => from >= since);

/**
 * The end of the next window, given all that were measured. Never one that was looked at: where
 * samples count from an earlier moment than before (somebody changed how often a cluster is scraped),
 * requests would be counted twice.
 */
export function nextDue(spec: MetricSpec, since: Instant, made: readonly Measurement[]): Instant {
  const counted = measuredSince(made, since);
  const last = counted.reduce((latest, { to }) => Math.max(latest, to), 0);
  let n = counted.length;
  while (dueAt(spec, since, n) <= last) n += 1;
  return dueAt(spec, since, n);
}
