import type { Instant } from '@spillway/kernel';
import { act, wait, type Decision } from '../decision.js';
import type { GatesSeen, Observation } from '../observation.js';
import { runningPhase, type Release } from '../release.js';
import { hasPassed, validApprovals } from './approvals.js';
import { isAt } from './gate.js';
import { describeGate, gatesOf, type PlannedGate } from './gates-of-plan.js';

/** What lets the release past a gate, or what it waits for there; `undefined` where it has passed. */
export function atGate(
  release: Release,
  { gates }: Observation,
  planned: PlannedGate,
  now: Instant,
): Decision | undefined {
  const { gate, wave, rule } = planned;
  if (gates === undefined) return wait(`asks for the state of gate "${gate}"`);
  if (hasPassed(release, planned, gates.plan)) return undefined;
  const state = stateOf(release, gates, planned, now);
  if (state.isOpen) {
    const fact = { type: 'gatePassed', gate, wave, plan: gates.plan } as const;
    return act(fact, state.because);
  }
  if (isThere(release, planned)) return wait(state.because);
  const because = `waits at gate "${gate}" of wave ${wave + 1}: ${describeGate(rule)}`;
  return act({ type: 'gateReached', gate, wave }, because);
}

const isThere = (release: Release, planned: PlannedGate): boolean =>
  runningPhase(release) === 'awaitingApproval' &&
  release.awaiting !== undefined &&
  isAt(release.awaiting, planned);

interface State {
  readonly isOpen: boolean;
  readonly because: string;
}

function stateOf(release: Release, seen: GatesSeen, planned: PlannedGate, now: Instant): State {
  const { gate, rule } = planned;
  if ('manual' in rule) {
    const state = seen.manual.get(gate) ?? rule.manual;
    return { isOpen: state === 'open', because: `gate "${gate}" is ${state}` };
  }
  const { count } = rule.approvals;
  const approvals = validApprovals(release, planned, seen.plan, now);
  const by = approvals.map((one) => one.by).join(', ');
  const isOpen = approvals.length >= count;
  const of = `${approvals.length} of ${count} approvals`;
  return { isOpen, because: `gate "${gate}" has ${of}${by === '' ? '' : ` (${by})`}` };
}

/** What a release does that waits at a gate, wherever in the plan that is. */
export function awaitGate(release: Release, seen: Observation, now: Instant): Decision {
  const { awaiting, cursor } = release;
  const planned = gatesOf(release.plan).find(
    (one) => awaiting !== undefined && isAt(one, awaiting) && one.index <= cursor.index,
  );
  const decision = planned && atGate(release, seen, planned, now);
  return decision ?? act({ type: 'gateLeft' }, leaving(awaiting));
}

/** The plan was changed and has it no more, or the release went back to before it. */
const leaving = (awaiting: Release['awaiting']): string =>
  `nothing has to be waited for at gate "${awaiting?.gate ?? ''}" now`;
