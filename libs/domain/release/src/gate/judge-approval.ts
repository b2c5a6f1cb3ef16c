import {
  after,
  ok,
  refusal,
  refuse,
  type Instant,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import type { ReleaseFact } from '../event.js';
import { isFinal } from '../phase.js';
import { interruptedPhase, type Release } from '../release.js';
import { abortFact } from '../rollback.js';
import { hasPassed, validApprovals } from './approvals.js';
import { isAt, type ApprovalPolicy } from './gate.js';
import { gatesOf, type PlannedGate } from './gates-of-plan.js';

/** Who approves or rejects, and what of. */
export interface Judgement {
  readonly by: string;
  /** The roles that they have where the release is. */
  readonly roles: readonly string[];
  /** SHA-256, hex, of the plan as it is now. */
  readonly plan: string;
  /** The plan that they have read; another one is not approved unseen. Absent: whatever it is. */
  readonly read?: string;
  /** Absent: the next one that wants approvals. */
  readonly gate?: string;
  /** Everybody who had a hand in what is released. */
  readonly authors: ReadonlySet<string>;
}

/** The fact of an approval; none where the same person's approval counts already. */
export function approve(
  release: Release,
  judgement: Judgement,
  now: Instant,
): Result<ReleaseFact | undefined, Refusal> {
  const found = gateToJudge(release, judgement);
  if (!found.ok) return found;
  const { gate, wave, policy } = found.value;
  const { by, roles, plan } = judgement;
  const known = validApprovals(release, found.value, plan, now);
  if (known.some((one) => one.by === by)) return ok(undefined);
  const { expiresAfter } = policy;
  const end = expiresAfter === undefined ? {} : { until: after(now, expiresAfter) };
  return ok({ type: 'approved', gate, wave, roles, plan, ...end });
}

/** The facts of a rejection, with what the gate's policy makes of it. */
export function reject(
  release: Release,
  judgement: Judgement,
): Result<readonly ReleaseFact[], Refusal> {
  const found = gateToJudge(release, { ...judgement, authors: new Set() });
  if (!found.ok) return found;
  const { gate, wave, policy } = found.value;
  const rejected = { type: 'rejected', gate, wave, plan: judgement.plan } as const;
  return ok([rejected, ...consequence(release, policy)]);
}

/** Where a release cannot be paused, as in its preparation, it goes back. */
function consequence(release: Release, { onReject }: ApprovalPolicy): readonly ReleaseFact[] {
  const isPausable = ['progressing', 'awaitingApproval', 'baking'].includes(
    interruptedPhase(release),
  );
  if (onReject !== 'pause' || !isPausable) return [abortFact(release)];
  return release.phase === 'paused' ? [] : [{ type: 'paused' }];
}

interface JudgedGate extends PlannedGate {
  readonly policy: ApprovalPolicy;
}

function gateToJudge(release: Release, judgement: Judgement): Result<JudgedGate, Refusal> {
  const { read, plan } = judgement;
  if (isFinal(release.phase) || release.phase === 'rollingBack') return refuse(over(release));
  if (read !== undefined && read !== plan) return refuse(changedPlan(release, read, plan));
  const found = nextGate(release, judgement);
  if (!found.ok) return found;
  const wrong = notAllowed(found.value, judgement);
  return wrong === undefined ? found : refuse(wrong);
}

function nextGate(release: Release, { plan, gate: name }: Judgement): Result<JudgedGate, Refusal> {
  const gates = gatesOf(release.plan).flatMap((one) =>
    'approvals' in one.rule ? [{ ...one, policy: one.rule.approvals }] : [],
  );
  const named = gates.filter(({ gate }) => name === undefined || gate === name);
  const { awaiting } = release;
  const open = named.filter((one) => !hasPassed(release, one, plan));
  // Who changed the plan may have left gates behind that are asked later than the one at hand.
  const next = open.find((one) => awaiting !== undefined && isAt(one, awaiting)) ?? open[0];
  if (next !== undefined) return ok(next);
  if (name === undefined || named.length > 0) return refuse(nothingToApprove(release));
  return refuse(unknownGate(release, name, gates));
}

function notAllowed({ gate, policy }: JudgedGate, judgement: Judgement): Refusal | undefined {
  const { by, authors } = judgement;
  if (policy.selfApproval === false && authors.has(by)) return ownWork(gate, by);
  if (isAble(policy, judgement)) return undefined;
  const who = [...rolesOf(policy).map((role) => `the role ${role}`), ...(policy.people ?? [])];
  return refusal(
    'APPROVAL_NOT_ALLOWED',
    `${by} may not decide at gate "${gate}".`,
    `Ask ${who.join(', or ')}.`,
  );
}

const isAble = (policy: ApprovalPolicy, { by, roles }: Pick<Judgement, 'by' | 'roles'>): boolean =>
  policy.people?.includes(by) === true || rolesOf(policy).some((role) => roles.includes(role));

/** Who approves where a gate does not say it. */
const usualRoles = ['approver', 'admin'];

const rolesOf = ({ roles, people }: ApprovalPolicy): readonly string[] =>
  roles ?? (people === undefined ? usualRoles : []);

const ownWork = (gate: string, by: string): Refusal =>
  refusal(
    'SELF_APPROVAL_FORBIDDEN',
    `${by} had a hand in what is released, and gate "${gate}" wants somebody else.`,
    'Ask somebody else to approve.',
  );

const over = ({ id, phase, because }: Release): Refusal =>
  refusal(
    'NOT_POSSIBLE_IN_PHASE',
    `Release ${id} is ${phase} (${because}), so there is nothing to approve or reject.`,
    'Start a new release.',
  );

const changedPlan = ({ id }: Release, read: string, plan: string): Refusal =>
  refusal(
    'PLAN_CHANGED',
    `The plan of release ${id} is ${plan} by now, not ${read}.`,
    'Read the release again, and approve what it is going to do now.',
    'plan',
  );

const nothingToApprove = ({ id }: Release): Refusal =>
  refusal(
    'NOTHING_TO_APPROVE',
    `No gate of release ${id} waits for approvals, now or later.`,
    'A gate that is opened by hand is a gate of its service.',
  );

const unknownGate = ({ id }: Release, name: string, gates: readonly PlannedGate[]): Refusal =>
  refusal(
    'UNKNOWN_GATE',
    `The plan of release ${id} has no gate "${name}" that wants approvals.`,
    `Its gates are: ${gates.map(({ gate }) => gate).join(', ') || '(none)'}.`,
    'gate',
  );
