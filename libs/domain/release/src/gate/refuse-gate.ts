import { refusal, type Refusal } from '@spillway/kernel';
import type { StepTemplate } from '../strategy.js';
import type { ApprovalPolicy } from './gate.js';

type GateTemplate = Extract<StepTemplate, { kind: 'gate' }>;

/** More people than this nobody finds to agree on a release. */
const most = 20;

/** What is wrong with a gate; `undefined` when nothing is. */
export function refuseGate(
  gate: GateTemplate,
  steps: readonly StepTemplate[],
  index: number,
): Refusal | undefined {
  const field = `steps[${index}].gate`;
  const first = steps.findIndex((step) => step.kind === 'gate' && step.name === gate.name);
  if (first < index) {
    return refusal(
      'INVALID_STRATEGY',
      `Gate "${gate.name}" is there twice.`,
      'Give each gate a name of its own: it is asked in every wave anyway.',
      `${field}.name`,
    );
  }
  return 'manual' in gate ? undefined : refuseApprovals(gate.approvals, `${field}.approvals`);
}

function refuseApprovals(policy: ApprovalPolicy, field: string): Refusal | undefined {
  const { count, roles, people = [] } = policy;
  if (!Number.isInteger(count) || count < 1 || count > most) {
    return refusal(
      'INVALID_STRATEGY',
      `A gate wants ${count} approvals.`,
      `Write a whole number from 1 to ${most}.`,
      `${field}.count`,
    );
  }
  const able = new Set(people).size;
  if (roles !== undefined || policy.people === undefined || able >= count) return undefined;
  return refusal(
    'INVALID_STRATEGY',
    `A gate wants ${count} approvals of ${able === 1 ? '1 person' : `${able} people`}.`,
    'Name as many people as it wants approvals, or a role.',
    `${field}.people`,
  );
}
