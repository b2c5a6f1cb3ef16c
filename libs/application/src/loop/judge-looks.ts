import { describeQuery, type Judge, type Measurement } from '@spillway/domain-analysis';
import { currentMetrics, judgeAll, seriesOf } from '@spillway/domain-release';
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
  const series = seriesOf(fresh);
  return fresh.map((measurement) => {
    const { metric, cluster } = measurement;
    const isNewest = series(metric, cluster).at(-1) === measurement;
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
