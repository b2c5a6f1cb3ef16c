import type { ReleaseEvent } from '../event.js';
import type { Release } from '../release.js';
import { isAt, type GatePlace } from './gate.js';

type Type =
  | 'gateReached'
  | 'approved'
  | 'rejected'
  | 'gatePassed'
  | 'gateLeft'
  | 'approvalsVoided'
  | 'freezeOverridden';
type Folds = {
  readonly [T in Type]: (release: Release, event: Extract<ReleaseEvent, { type: T }>) => Release;
};

/** What the events of gates and freezes make of a release. */
export const gateFolds: Folds = {
  gateReached: (release, { gate, wave, at }) => ({
    ...release,
    phase: 'awaitingApproval',
    awaiting: { gate, wave, since: at, from: release.awaiting?.from ?? release.phase },
  }),
  approved: (release, { gate, wave, roles, plan, until, actor: by, at }) => ({
    ...release,
    approvals: [
      ...(release.approvals ?? []),
      { gate, wave, by, roles, at, plan, ...(until === undefined ? {} : { until }) },
    ],
  }),
  rejected: ({ approvals = [], ...release }, event) => ({
    ...release,
    approvals: approvals.filter((one) => !isAt(one, event)),
  }),
  gatePassed: (release, { gate, wave, plan, at }) => ({
    ...release,
    phase: isAwaiting(release, { gate, wave }) ? release.awaiting.from : release.phase,
    passedGates: [...(release.passedGates ?? []), { gate, wave, plan, at }],
  }),
  gateLeft: (release) => ({ ...release, phase: release.awaiting?.from ?? release.phase }),
  approvalsVoided: ({ approvals = [], passedGates = [], ...release }, { plan }) => ({
    ...release,
    approvals: approvals.filter((one) => one.plan === plan),
    passedGates: passedGates.filter((one) => one.plan === plan),
  }),
  freezeOverridden: (release, { freezes }) => ({
    ...release,
    overriddenFreezes: [
      ...(release.overriddenFreezes ?? []).filter(
        ({ window }) => !freezes.some((one) => one.window === window),
      ),
      ...freezes,
    ],
  }),
};

type AwaitingRelease = Release & { readonly awaiting: NonNullable<Release['awaiting']> };

const isAwaiting = (release: Release, place: GatePlace): release is AwaitingRelease =>
  release.phase === 'awaitingApproval' &&
  release.awaiting !== undefined &&
  isAt(release.awaiting, place);

/** Whatever moved a release away from its gate: then it does not wait there any more. */
export function leftGate(release: Release): Release {
  const running = release.held?.from ?? release.paused?.from ?? release.phase;
  if (release.awaiting === undefined || running === 'awaitingApproval') return release;
  const { awaiting: _left, ...rest } = release;
  return rest;
}
