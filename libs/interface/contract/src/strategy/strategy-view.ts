import type { StrategyRecord } from '@spillway/application';
import { formatDuration } from '@spillway/kernel';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';
import { toHookDocument } from './to-hook.js';
import { toMetricDocument } from './metric-view.js';
import { toStepDocument } from './step-view.js';
import { strategyDocument } from './strategy-document.js';
import { toLimitsDocument } from './limits-document.js';
import { toOverrideDocument, toWaveDocument } from './waves-view.js';

/** The document with its defaults filled in; without `version` and `createdAt` it can be put again. */
export const strategyView = z
  .object({
    ...strategyDocument.shape,
    version: z.int().min(1).describe('Counts the changes of the strategy.'),
    createdAt: moment.describe('When this version was made.'),
  })
  .describe('A strategy in one of its versions, defaults filled in.');

export type StrategyView = z.output<typeof strategyView>;

export const toStrategyView = (record: StrategyRecord): StrategyView => ({
  name: record.name,
  version: record.version,
  waves: record.waves.map(toWaveDocument),
  maxUnavailableClusters: record.maxUnavailableClusters,
  ...toScopeView(record),
  metrics: record.metrics.map(toMetricDocument),
  steps: record.steps.map(toStepDocument),
  ...(record.sticky === undefined
    ? {}
    : {
        sticky: { cookie: record.sticky.cookie, lifetime: formatDuration(record.sticky.lifetime) },
      }),
  ...(record.analysis === undefined ? {} : { analysis: record.analysis }),
  verify: record.verify ?? 'readBack',
  hooks: (record.hooks ?? []).map(toHookDocument),
  ...(record.rollbackGate === undefined ? {} : { rollbackGate: record.rollbackGate }),
  ...(record.bakeAfterPromotion === undefined
    ? {}
    : { bakeAfterPromotion: formatDuration(record.bakeAfterPromotion) }),
  createdAt: toMoment(record.createdAt),
});

/** How far it reaches, and what is different where. */
const toScopeView = ({ maxUnavailableShare, overrides, limits, rollBack }: StrategyRecord) => ({
  ...(maxUnavailableShare === undefined
    ? {}
    : { maxUnavailablePercent: maxUnavailableShare / 100 }),
  overrides: (overrides ?? []).map(toOverrideDocument),
  ...(limits === undefined ? {} : { limits: toLimitsDocument(limits) }),
  rollBack: rollBack ?? ('everywhere' as const),
});
