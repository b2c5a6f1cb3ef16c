import { planWith } from './command/change-clusters.js';
import type { ReleaseEvent } from './event.js';
import { gateFolds } from './gate/gate-folds.js';
import { healedAgain, withoutHealing } from './healing.js';
import { withProof, withRollout, withTraffic } from './rollouts.js';
import type { Release } from './release.js';
import { withShown } from './shown.js';
import { atStep, goingOn, pause, startStep, stepping, withoutStop } from './standing.js';
import { withStrategy } from './with-strategy.js';

type Type = Exclude<ReleaseEvent['type'], 'created'>;

/** The state after an event of this type, but for what every event changes. */
export type Fold<T extends Type> = (
  release: Release,
  event: Extract<ReleaseEvent, { type: T }>,
) => Release;

/** Complete by type: an event that nobody folds does not compile. */
export const folds: { readonly [T in Type]: Fold<T> } = {
  begun: (release, { stable, strategy, plan, generation, at }) => ({
    ...release,
    stable,
    strategy,
    plan,
    generation,
    phase: 'pending',
    cursor: atStep(0, at),
  }),
  preparationStarted: (release, { traffic }) => ({
    ...withTraffic(withoutStop(release), traffic),
    phase: 'preparing',
  }),
  prepared: (release, { at }) => ({
    ...release,
    phase: 'progressing',
    cursor: atStep(0, at),
  }),
  stepStarted: (release, { index, at }) => startStep(release, index, at),
  stepCompleted: (release, event) => ({
    ...goingOn(withShown(release, event)),
    cursor: atStep(event.index + 1, event.at),
  }),
  stepSkipped: (release, { index, at }) => ({
    ...stepping(release),
    cursor: atStep(index + 1, at),
  }),
  wentBack: (release, { index, skipTo, traffic, at }) =>
    startStep({ ...withTraffic(stepping(release), traffic), skipTo }, index, at),
  waveTakenBack: ({ skipTo: _over, ...release }, { index, traffic, at }) =>
    pause({ ...withTraffic(stepping(release), traffic), cursor: atStep(index, at) }, at),
  wentAhead: (release, { skipTo }) => ({ ...stepping(release), skipTo }),
  strategyChanged: (release, event) => withStrategy(release, event),
  clustersChanged: (release, event) => {
    const rollouts = release.rollouts.filter(({ cluster }) => !event.left.includes(cluster));
    return withTraffic({ ...release, plan: planWith(release, event), rollouts }, event.traffic);
  },
  trafficShifted: (release, { traffic }) => withTraffic(release, traffic),
  trafficApplied: (release, event) =>
    withRollout(release, event, { applied: { generation: event.generation, at: event.at } }),
  trafficDistributed: (release, { proxies, at, ...about }) =>
    withProof(release, about, ({ delayed: _over, ...before }) => ({
      ...before,
      distributed: { at, proxies },
    })),
  trafficDelayed: (release, { detail, ...about }) =>
    withProof(release, about, (before) => ({ ...before, delayed: detail })),
  trafficObserved: (release, { detail, at, ...about }) =>
    withProof(release, about, (before) => ({ ...before, observed: { at, detail } })),
  writeRefused: (release, event) => withRollout(release, event, { refused: event.detail }),
  driftFound: (release, event) =>
    event.detail === undefined
      ? withRollout(release, event, { healed: healedAgain(release, event) })
      : withRollout(withoutHealing(release, event.cluster), event, { drifted: event.detail }),
  held: (release, { reason, at }) => ({
    ...release,
    phase: 'held',
    held: {
      from: release.held?.from ?? release.phase,
      reason,
      since: release.held?.since ?? at,
    },
  }),
  released: goingOn,
  paused: (release, { at }) => pause(release, at),
  resumed: (release, { at }) => ({
    ...goingOn(withoutDrift(release)),
    cursor: { ...release.cursor, enteredAt: at },
  }),
  ...gateFolds,
  promotionStarted: (release, { at, full }) => ({
    ...withoutStop(release),
    ...(full === true ? { isFull: full } : {}),
    phase: 'promoting',
    cursor: atStep(release.plan.steps.length, at),
  }),
  bakeWaived: (release) => ({ ...goingOn(release), isFull: true }),
  bakeStarted: (release, { at }) => ({
    ...release,
    phase: 'baking',
    cursor: { ...release.cursor, started: true, enteredAt: at },
  }),
  succeeded: (release, { at }) => ({ ...release, phase: 'succeeded', endedAt: at }),
  rollbackStarted: (release, { traffic, supersededBy }) => ({
    ...withTraffic(withoutStop(release), traffic),
    ...(supersededBy === undefined ? {} : { supersededBy }),
    phase: 'rollingBack',
  }),
  rolledBack: (release, { at }) => ({ ...release, phase: 'rolledBack', endedAt: at }),
  cancelled: (release, { at }) => ({
    ...withoutStop(release),
    phase: 'cancelled',
    endedAt: at,
  }),
  superseded: (release, { by, at }) => ({
    ...withoutStop(release),
    phase: 'superseded',
    supersededBy: by,
    endedAt: at,
  }),
};

/** Who resumes a release that is held for drift has seen it, and wants it written again. */
function withoutDrift(release: Release): Release {
  const reason = release.held?.reason;
  if (reason?.kind !== 'drift') return release;
  const rollouts = release.rollouts.map((rollout) => {
    if (rollout.cluster !== reason.cluster) return rollout;
    const { drifted: _seen, ...rest } = rollout;
    return rest;
  });
  return { ...release, rollouts };
}
