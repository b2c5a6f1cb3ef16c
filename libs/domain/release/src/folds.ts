import { after, type Instant } from '@spillway/kernel';
import { gateFolds } from './gate/gate-folds.js';
import type { ReleaseEvent } from './event.js';
import { healedAgain, withoutHealing } from './healing.js';
import { withProof, withRollout, withTraffic } from './rollouts.js';
import type { Release } from './release.js';
import { withShown } from './shown.js';

type Type = Exclude<ReleaseEvent['type'], 'created'>;

/** The state after an event of this type, but for what every event changes. */
export type Fold<T extends Type> = (
  release: Release,
  event: Extract<ReleaseEvent, { type: T }>,
) => Release;

/** Complete by type: an event that nobody folds does not compile. */
export const folds: { readonly [T in Type]: Fold<T> } = {
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
    ...withoutStop(withShown(release, event)),
    phase: release.held?.from ?? release.phase,
    cursor: atStep(event.index + 1, event.at),
  }),
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
  released: (release) => ({
    ...withoutStop(release),
    phase: release.held?.from ?? release.phase,
  }),
  paused: (release, { at }) => pause(release, at),
  resumed: (release, { at }) => ({
    ...withoutStop(withoutDrift(release)),
    phase: release.held?.from ?? release.paused?.from ?? release.phase,
    cursor: { ...release.cursor, enteredAt: at },
  }),
  ...gateFolds,
  promotionStarted: (release, { at, full }) => ({
    ...withoutStop(release),
    phase: 'promoting',
    cursor: atStep(release.plan.steps.length, at),
  }),
  bakeStarted: (release, { at }) => ({
    ...release,
    phase: 'baking',
    cursor: { ...release.cursor, started: true, enteredAt: at },
  }),
  succeeded: (release, { at }) => ({ ...release, phase: 'succeeded', endedAt: at }),
  rollbackStarted: (release, { traffic }) => ({
    ...withTraffic(withoutStop(release), traffic),
    phase: 'rollingBack',
  }),
  rolledBack: (release, { at }) => ({ ...release, phase: 'rolledBack', endedAt: at }),
  cancelled: (release, { at }) => ({
    ...withoutStop(release),
    phase: 'cancelled',
    endedAt: at,
  }),
};

const atStep = (index: number, at: Instant): Release['cursor'] => ({
  index,
  started: false,
  enteredAt: at,
});

function withoutStop({ held: _held, paused: _paused, ...rest }: Release): Release {
  return rest;
}

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

/** A pause step is paused from the moment it starts. */
function startStep(release: Release, index: number, at: Instant): Release {
  const started = { ...release, cursor: { index, started: true, enteredAt: at } };
  const step = release.plan.steps[index];
  if (step?.kind !== 'pause') return started;
  return pause(started, at, step.length === undefined ? undefined : after(at, step.length));
}

function pause(release: Release, at: Instant, until?: Instant): Release {
  return {
    ...withoutStop(release),
    phase: 'paused',
    paused: {
      from: release.held?.from ?? release.phase,
      since: at,
      ...(until === undefined ? {} : { until }),
    },
  };
}
