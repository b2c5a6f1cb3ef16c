import { describeQuery, type Judge, type Measurement } from '@spillway/domain-analysis';
import { currentMetrics, judgeAll } from '@spillway/domain-release';
import type { Instant } from '@spillway/kernel';
import type { JudgedMeasurement } from '../port/measurement-store.js';
import { samplingOf } from './sampling.js';
import { isSplitByUs } from './split-by-us.js';
import type { Subject } from './subject.js';

/** Each new measurement with what was asked, and the newest of its metric with what it adds up to. */
export function judgeLooks(
  { release, service, clusters }: Subject,
  made: readonly Measurement[],
  fresh: readonly Measurement[],
  judge: Judge,
  now: Instant,
): readonly JudgedMeasurement[] {
  const seen = {
    clusters: new Map(),
    measurements: [...made, ...fresh],
    sampling: samplingOf(clusters),
    isSplitByUs: isSplitByUs(service),
  };
  const verdicts = judgeAll(release, seen, judge, now);
  const specs = currentMetrics(release);
  const newest = new Set(newestOf(fresh));
  return fresh.map((measurement) => {
    const { metric, cluster } = measurement;
    const isNewest = newest.has(measurement);
    const verdict = verdicts.find(
      ({ evidence }) => evidence.metric === metric && evidence.cluster === cluster,
    );
    const spec = specs.find(({ name }) => name === metric);
    return {
      ...measurement,
      ...(spec === undefined ? {} : { query: describeQuery(spec.query) }),
      ...(isNewest && verdict !== undefined ? { verdict } : {}),
    };
  });
}

/** Of each metric and cluster the one with the last window. */
function newestOf(fresh: readonly Measurement[]): readonly Measurement[] {
  const last = new Map<string, Measurement>();
  for (const one of fresh) {
    const key = JSON.stringify([one.metric, one.cluster]);
    if ((last.get(key)?.ordinal ?? -1) < one.ordinal) last.set(key, one);
  }
  return [...last.values()];
}
