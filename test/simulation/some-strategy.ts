import type { AnalysisPolicy, MetricSpec } from '@spillway/domain-analysis';
import type { StepTemplate, StrategyDraft } from '@spillway/domain-release';
import { at, canary, latency, seconds, successRate } from '../story/strategies.js';
import type { Dice } from './dice.js';
import { someHooks } from './outside.js';
import { someScope } from './some-scope.js';

const tail: MetricSpec = {
  ...latency,
  name: 'tail',
  max: 5_000,
  judge: { kind: 'latency', maxRatio: 1, minRequests: 50 },
};
const { max: _max, ...unbounded } = latency;
const medians: MetricSpec = {
  ...unbounded,
  name: 'median',
  query: { kind: 'requestLatency', quantile: 0.5 },
  judge: { kind: 'kayenta', direction: 'increase' },
};
const strict: MetricSpec = { ...successRate, name: 'strict', min: 99.9, dryRun: true };
const noInferior: MetricSpec = {
  ...successRate,
  judge: { kind: 'errorCount', maxRatio: 2, minRequests: 50, nonInferiorityMargin: 50 },
};

const policies: readonly AnalysisPolicy[] = [
  { alpha: 0.01, metrics: 'weight', clusters: 'average' },
  { alpha: 0.05, metrics: 'holm', clusters: 'product' },
  { alpha: 0.05, metrics: 'eBH', clusters: 'average' },
];

/** Analysed or searched for harm at 10 %. */
const first = (dice: Dice): StepTemplate =>
  dice.one<StepTemplate>([
    { kind: 'analyze', metrics: [] },
    { kind: 'bake', length: seconds(60), toFind: { ratio: 20, power: 0.8 } },
  ]);

const byHand: StepTemplate = { kind: 'gate', name: 'begin', manual: 'closed' };
const byTwo: StepTemplate = {
  kind: 'gate',
  name: 'two',
  approvals: { count: 2, selfApproval: false },
};

/** What a strategy is for. */
export interface Use {
  /** People have to let it pass. */
  readonly isGated: boolean;
  /** There is one cluster. */
  readonly isAlone: boolean;
}

/** A canary, judged in one of many ways. */
export function someStrategy(
  dice: Dice,
  { isGated, isAlone }: Use = { isGated: dice.under(3) === 0, isAlone: false },
): StrategyDraft {
  const others = [latency, tail, medians, strict].filter(() => dice.under(4) === 0);
  const end = [at(50), { kind: 'bake', length: seconds(10) }] as const;
  return canary({
    maxUnavailableClusters: dice.under(2),
    metrics: [dice.one([successRate, successRate, noInferior]), ...others],
    steps: isGated ? [byHand, at(10), byTwo, first(dice), ...end] : [at(10), first(dice), ...end],
    analysis: dice.one(policies),
    hooks: someHooks(dice),
    ...(dice.under(4) === 0 ? { verify: 'distributed' } : {}),
    ...(dice.under(2) === 1 ? { bakeAfterPromotion: seconds(20) } : {}),
    ...(isAlone || dice.under(2) === 1 ? { waves: [{ kind: 'rest' }] } : {}),
    ...someScope(dice),
  });
}
