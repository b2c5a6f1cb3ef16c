import {
  defaultKayentaScoreSettings as scoreDefaults,
  defaultKayentaSettings as defaults,
  judgeKayenta,
  scoreKayenta,
  type EffectSizeSettings,
  type KayentaScoreMeasurements,
  type KayentaScoreSettings,
  type KayentaSettings,
  type OutlierSettings,
} from '@spillway/domain-analysis';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { kayentaClass, kayentaEvidence } from './evidence/kayenta-evidence.js';
import { kayentaScoreEvidence } from './evidence/kayenta-score-evidence.js';
import {
  anyNumber,
  atLeastZero,
  direction,
  gaugeSamples,
  gaugeValues,
  insideShare,
  positive,
} from './numbers.js';
import { offlineJudge, type Fields } from './offline-judge.js';
import { anyShape } from './shapes.js';

const outliers = document({
  strategy: z.enum(['keep', 'remove']).default(defaults.outliers.strategy),
  factor: positive.exactOptional().describe('Default: 3.'),
  detector: z.enum(['iqr', 'kSigma']).exactOptional().describe('Default: iqr, as Kayenta’s judge.'),
  reduceSensitivity: z
    .boolean()
    .exactOptional()
    .describe('Nothing between the 1st and the 99th percentile is an outlier. Default: true.'),
} satisfies Fields<OutlierSettings>);

const limit = anyNumber.exactOptional();

const effectSize = document({
  measure: z.enum(['meanRatio', 'cles']).exactOptional().describe('Default: meanRatio.'),
  allowedIncrease: limit,
  allowedDecrease: limit,
  criticalIncrease: limit,
  criticalDecrease: limit,
} satisfies Fields<EffectSizeSettings>);

const flag = z.boolean().default(false);

const settings = document({
  tolerance: atLeastZero
    .default(defaults.tolerance)
    .describe('Share of the estimate that the interval must stay away from 0.'),
  confLevel: insideShare.default(defaults.confLevel).describe('Of the interval.'),
  direction: direction.default(defaults.direction),
  nanStrategy: z
    .enum(['remove', 'replace'])
    .default(defaults.nanStrategy)
    .describe('replace makes 0 of what is not a number.'),
  outliers: outliers.prefault({}).describe('What to do with outliers of an arm.'),
  critical: flag.describe('When it fails, the score is 0.'),
  mustHaveData: flag.describe('Without data it fails.'),
  muted: flag.describe('Judged and shown, but not scored.'),
  effectSize: effectSize.prefault({}).describe('How large a change must be.'),
} satisfies Fields<KayentaSettings>).meta({
  id: 'KayentaSettings',
  description: 'Kayenta’s analysisConfigurations.canary, and the two numbers that its judge fixes.',
});

export const kayenta = offlineJudge({
  about: 'Any gauge as Kayenta’s judge classifies it, step by step.',
  settings,
  measurements: gaugeSamples,
  evidence: kayentaEvidence,
  judge: judgeKayenta,
});

const metricFields = {
  name: z.string(),
  groups: z.array(z.string()).default([]).describe('A metric counts in each of its groups.'),
};

const metric = anyShape('class, or candidate and stable', [
  document({
    ...metricFields,
    class: kayentaClass,
    critical: z.boolean().exactOptional().describe('Takes the score to 0 unless it is Pass.'),
    muted: z.boolean().exactOptional(),
  }),
  document({
    ...metricFields,
    candidate: gaugeValues,
    stable: gaugeValues,
    settings: settings.prefault({}),
  }),
]).meta({ id: 'KayentaMetric', description: 'Classified before, or still to be judged.' });

const scoreSettings = document({
  groupWeights: z
    .record(z.string(), atLeastZero)
    .default({ ...scoreDefaults.groupWeights })
    .describe('Percent. Groups without a weight share what is left of 100.'),
  pass: anyNumber.default(scoreDefaults.pass).describe('Score from which it passes.'),
  marginal: anyNumber.default(scoreDefaults.marginal).describe('Score from which it is marginal.'),
} satisfies Fields<KayentaScoreSettings>);

export const kayentaScore = offlineJudge({
  about: 'Kayenta’s weighted score of many metrics, from their classes or from their values.',
  settings: scoreSettings,
  measurements: document({
    metrics: z.array(metric),
  } satisfies Fields<KayentaScoreMeasurements>),
  evidence: kayentaScoreEvidence,
  judge: scoreKayenta,
});
