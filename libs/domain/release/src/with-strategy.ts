import type { ReleaseEvent } from './event.js';
import type { Release, Rollout } from './release.js';
import { withTraffic } from './rollouts.js';
import { withShownKept } from './shown.js';
import { atStep, pause, startStep, stepping } from './standing.js';

type StrategyChanged = Extract<ReleaseEvent, { type: 'strategyChanged' }>;

/**
 * Under another plan: clusters take their places in its waves, and a pause stays one until somebody
 * resumes it. No gate has let this plan pass, and nobody skips one before it is asked.
 */
export function withStrategy(
  release: Release,
  { strategy, plan, index, traffic, at }: StrategyChanged,
): Release {
  const { skipTo: _over, passedGates: _others, ...rest } = release;
  const placed = {
    ...rest,
    ...withShownKept(release),
    strategy: strategy.to,
    plan: plan.to,
    rollouts: placedIn(plan.to.waves, release.rollouts),
  };
  const next = withTraffic(placed, traffic);
  if (index === undefined) return { ...next, cursor: atStep(0, at) };
  const started = startStep(stepping(next), index, at);
  return release.paused === undefined ? started : pause(started, at);
}

const placedIn = (
  waves: Release['plan']['waves'],
  rollouts: readonly Rollout[],
): readonly Rollout[] =>
  waves.flatMap((clusters, wave) =>
    clusters.flatMap((cluster) =>
      rollouts.flatMap((one) => (one.cluster === cluster ? [{ ...one, wave }] : [])),
    ),
  );
