import { after, instant, type Instant } from '@spillway/kernel';
import type { Measurement } from './measurement.js';
import type { MetricSpec } from './metric-spec.js';

/**
 * Measurements fall on whole seconds, so that releases which measure the same
 * metric with the same window ask the metrics backend the same question once.
 */
const grid = 1_000;

/** When the n-th measurement since `since` (from 0) is due; its window never reaches before `since`. */
export function dueAt(spec: MetricSpec, since: Instant, n: number): Instant {
  const earliest = after(since, spec.initialDelay, spec.window, n * spec.interval);
  return instant(Math.ceil(earliest / grid) * grid);
}

/** Those whose window lies wholly after `since`: older ones looked at other traffic. */
export const measuredSince = (
  measurements: readonly Measurement[],
  since: Instant,
): readonly Measurement[] => measurements.filter(({ from }) => from >= since);

/** When the next measurement is due, given all that were made. */
export const nextDue = (spec: MetricSpec, since: Instant, made: readonly Measurement[]): Instant =>
  dueAt(spec, since, measuredSince(made, since).length);
