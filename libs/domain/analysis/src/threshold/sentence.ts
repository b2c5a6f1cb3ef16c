import type { MetricSpec } from '../metric/metric-spec.js';
import type { Evidence } from '../verdict.js';

const units: Readonly<Record<MetricSpec['query']['kind'], string>> = {
  requestSuccessRate: ' %',
  requestLatency: ' ms',
  promql: '',
  source: '',
  sourceCounts: ' %',
  pushed: '',
};

const round = (value: number): string => String(Number(value.toPrecision(4)));

/** `, must be at least 99 %`; nothing of a metric that is only compared. */
export function describeBounds({ min, max, query }: MetricSpec): string {
  const unit = units[query.kind];
  if (min !== undefined && max !== undefined) return `, must be between ${min} and ${max}${unit}`;
  if (min !== undefined) return `, must be at least ${min}${unit}`;
  return max === undefined ? '' : `, must be at most ${max}${unit}`;
}

/** `the last was 95.2 % of 410 requests (stable 99.9 %)`. */
export function describeValue({ query }: MetricSpec, evidence: Evidence): string {
  if (evidence.lastValue === undefined) return 'none gave a value';
  const unit = units[query.kind];
  const of = evidence.requests > 0 ? `, ${Math.round(evidence.requests)} requests in all` : '';
  const beside =
    evidence.lastStableValue === undefined
      ? ''
      : ` (stable ${round(evidence.lastStableValue)}${unit})`;
  return `the last was ${round(evidence.lastValue)}${unit}${beside}${of}`;
}

export const describeCount = (made: number, needed: number): string =>
  `${made} of ${needed} measurements made`;
