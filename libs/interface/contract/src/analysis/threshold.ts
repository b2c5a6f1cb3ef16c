import { judgeMetric, type MetricCase, type Verdict } from '@spillway/domain-analysis';
import { clusterName, instant } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { metricDocument } from '../strategy/metric-document.js';
import { toMetricSpec } from '../strategy/to-metric-spec.js';
import { toMoment } from '../schema/scalars.js';
import { thresholdEvidence } from './evidence/threshold-evidence.js';
import { alpha } from './numbers.js';
import { offlineJudge } from './offline-judge.js';
import { momentOrMs, readings, toMeasurements } from './readings.js';

const { name, query, weight: _, ...limits } = metricDocument.shape;

const settings = document({
  name: name.default('metric'),
  query: query
    .default({ pushed: 'value' })
    .describe('For the units of the sentence. Default: none.'),
  ...limits,
  alpha: alpha.default(0.01).describe('Of the judge beside the bounds, where there is one.'),
})
  .refine(({ min, max, judge }) => [min, max, judge].some((one) => one !== undefined), {
    error: 'needs a bound or a judge; give min, max or both, or compare it with stable',
    path: ['min'],
  })
  .refine(({ min = -Infinity, max = Infinity }) => min <= max, {
    error: 'must not be below min',
    path: ['max'],
  });

const measurements = document({
  readings,
  cluster: z.string().min(1).default('cluster'),
  since: momentOrMs
    .default(0)
    .describe('When the weight went live; readings of windows before it do not count.'),
});

type Settings = z.output<typeof settings>;
type Measurements = z.output<typeof measurements>;

/** Windows without times of their own follow each other as a release would measure them. */
function toCase({ alpha: share, ...metric }: Settings, seen: Measurements): MetricCase {
  const spec = toMetricSpec({ ...metric, weight: 1 });
  const since = instant(seen.since);
  const cluster = clusterName(seen.cluster);
  return {
    spec,
    cluster,
    alpha: share,
    measurements: toMeasurements(seen.readings, { spec, cluster, since }),
    since: instant(since + spec.initialDelay),
  };
}

function waiting(verdict: Verdict) {
  if (verdict.kind !== 'noData') return {};
  return { until: toMoment(verdict.until), then: verdict.then };
}

export const threshold = offlineJudge({
  about:
    'Each reading against min and max, with a metric’s limits; or compared by a metric’s judge.',
  settings,
  measurements,
  evidence: thresholdEvidence,
  judge: (seen: Measurements, of: Settings) => {
    const given = toCase(of, seen);
    const end = given.measurements.at(-1)?.to ?? given.since;
    const verdict = judgeMetric(given, end);
    const { kind, because, evidence } = verdict;
    const decides = of.dryRun !== true;
    const note = decides ? '' : '; a dry run, decides nothing';
    return {
      kind,
      because: `${because}${note}`,
      evidence: { ...evidence, ...waiting(verdict), decides },
    };
  },
});
