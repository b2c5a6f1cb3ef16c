import { refusal, type Refusal } from '@spillway/kernel';
import type { MetricSpec } from './metric-spec.js';
import { refuseJudge } from './refuse-judge.js';
import { refuseQuery } from './refuse-query.js';

const invalid = (field: string, message: string, next: string): Refusal =>
  refusal('INVALID_STRATEGY', message, next, field);

/** The first thing wrong with a metric, named by its field; `undefined` when it can be judged. */
export function refuseMetric(spec: MetricSpec, path: string): Refusal | undefined {
  return (
    refuseQuery(spec, path) ??
    refuseBounds(spec, path) ??
    refuseCounts(spec, path) ??
    refuseJudge(spec, path)
  );
}

function refuseBounds({ name, min, max, judge }: MetricSpec, path: string): Refusal | undefined {
  if (min === undefined && max === undefined && judge === undefined) {
    return invalid(
      path,
      `Metric "${name}" has no bound and no judge.`,
      'Give it a min, a max, or a judge that compares it with stable.',
    );
  }
  if (min === undefined || max === undefined || min <= max) return undefined;
  return invalid(`${path}.min`, `Metric "${name}" has min ${min} above max ${max}.`, 'Swap them.');
}

function refuseCounts(spec: MetricSpec, path: string): Refusal | undefined {
  const least = { count: 1, failureLimit: 0, consecutiveErrorLimit: 0, minSample: 0 } as const;
  for (const field of ['count', 'failureLimit', 'consecutiveErrorLimit', 'minSample'] as const) {
    if (Number.isInteger(spec[field]) && spec[field] >= least[field]) continue;
    return invalid(
      `${path}.${field}`,
      `Metric "${spec.name}" has ${field} ${spec[field]}.`,
      `Write a whole number from ${least[field]}.`,
    );
  }
  for (const field of ['interval', 'window'] as const) {
    if (spec[field] >= 1_000) continue;
    return invalid(
      `${path}.${field}`,
      `Metric "${spec.name}" has ${field} ${spec[field]} ms.`,
      'Write at least 1s: proxies and Prometheus tell no finer.',
    );
  }
  return undefined;
}
