import type { Strategy, WaveTemplate } from '@spillway/domain-release';
import type { ClusterSelector } from '@spillway/domain-topology';
import { clusterName, ok, strategyName, type Refusal, type Result } from '@spillway/kernel';
import { parse } from '../schema/parse.js';
import { toDuration } from '../schema/scalars.js';
import { strategyDocument, type ParsedStrategy } from './strategy-document.js';
import { toHook } from './to-hook.js';
import { toMetricSpec } from './to-metric-spec.js';
import { toStep } from './to-step.js';

/**
 * A strategy document, as it came, to what `putStrategy` takes. Its shape is
 * checked here; whether the steps make sense together is the domain's to say.
 */
export function toStrategy(input: unknown): Result<Omit<Strategy, 'version'>, Refusal> {
  const parsed = parse(strategyDocument, input);
  if (!parsed.ok) return parsed;
  const {
    name,
    waves,
    maxUnavailableClusters,
    metrics,
    steps,
    sticky,
    analysis,
    verify,
    hooks,
    rollbackGate,
    bakeAfterPromotion,
  } = parsed.value;
  return ok({
    name: strategyName(name),
    waves: waves.map(toWave),
    maxUnavailableClusters,
    metrics: metrics.map(toMetricSpec),
    steps: steps.map(toStep),
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
}

type Wave = ParsedStrategy['waves'][number];

const toWave = (wave: Wave): WaveTemplate => ({
  ...toSelector(wave),
  ...(wave.pace === undefined ? {} : { pace: wave.pace }),
});

function toSelector(wave: Wave): ClusterSelector {
  if ('rest' in wave) return { kind: 'rest' };
  if ('labels' in wave) return { kind: 'labels', labels: wave.labels };
  return { kind: 'names', names: wave.clusters.map(clusterName) };
}
