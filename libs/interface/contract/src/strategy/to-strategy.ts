import type { Strategy } from '@spillway/domain-release';
import { ok, strategyName, type Refusal, type Result } from '@spillway/kernel';
import { parse } from '../schema/parse.js';
import { toDuration, toShare } from '../schema/scalars.js';
import { strategyDocument, type ParsedStrategy } from './strategy-document.js';
import { toHook } from './to-hook.js';
import { toMetricSpec } from './to-metric-spec.js';
import { toStep } from './to-step.js';
import { toLimits } from './limits-document.js';
import { toOverride, toWave } from './to-waves.js';

/**
 * A strategy document, as it came, to what `putStrategy` takes. Its shape is
 * checked here; whether the steps make sense together is the domain's to say.
 */
export function toStrategy(input: unknown): Result<Omit<Strategy, 'version'>, Refusal> {
  const parsed = parse(strategyDocument, input);
  if (!parsed.ok) return parsed;
  const { name, waves, maxUnavailableClusters, metrics, steps } = parsed.value;
  return ok({
    name: strategyName(name),
    waves: waves.map(toWave),
    maxUnavailableClusters,
    metrics: metrics.map(toMetricSpec),
    steps: steps.map(toStep),
    ...toScope(parsed.value),
    ...toCare(parsed.value),
  });
}

type Optional = Partial<Strategy>;

/** How far it reaches, and what is different where. */
const toScope = ({
  maxUnavailablePercent,
  overrides,
  limits,
  rollBack,
}: ParsedStrategy): Optional => ({
  ...(maxUnavailablePercent === undefined
    ? {}
    : { maxUnavailableShare: toShare(maxUnavailablePercent) }),
  ...(overrides.length === 0 ? {} : { overrides: overrides.map(toOverride) }),
  ...(limits === undefined ? {} : { limits: toLimits(limits) }),
  ...(rollBack === 'everywhere' ? {} : { rollBack }),
});

/** What is looked at, who is asked, and for how long. */
const toCare = ({
  sticky,
  analysis,
  verify,
  hooks,
  rollbackGate,
  bakeAfterPromotion,
}: ParsedStrategy): Optional => ({
  ...(sticky === undefined
    ? {}
    : { sticky: { cookie: sticky.cookie, lifetime: toDuration(sticky.lifetime) } }),
  ...(analysis === undefined ? {} : { analysis }),
  ...(verify === 'readBack' ? {} : { verify }),
  ...(hooks.length === 0 ? {} : { hooks: hooks.map(toHook) }),
  ...(rollbackGate === undefined ? {} : { rollbackGate }),
  ...(bakeAfterPromotion === undefined
    ? {}
    : { bakeAfterPromotion: toDuration(bakeAfterPromotion) }),
});
