import type { ApprovalPolicy, Gate, StepTemplate } from '@spillway/domain-release';
import { formatDuration } from '@spillway/kernel';
import { toDuration } from '../schema/scalars.js';
import type { ParsedGateStep } from './gate-step-document.js';

export function toGateStep(gate: ParsedGateStep): StepTemplate {
  if ('manual' in gate) return { kind: 'gate', ...gate };
  const { expiresAfter, ...policy } = gate.approvals;
  const end = expiresAfter === undefined ? {} : { expiresAfter: toDuration(expiresAfter) };
  return { kind: 'gate', name: gate.name, approvals: { ...policy, ...end } };
}

export const toGateStepDocument = (gate: Gate): ParsedGateStep =>
  'manual' in gate
    ? { name: gate.name, manual: gate.manual }
    : { name: gate.name, approvals: toApprovalsDocument(gate.approvals) };

type ApprovalsDocument = Extract<ParsedGateStep, { readonly approvals: unknown }>['approvals'];

function toApprovalsDocument({
  count,
  roles,
  people,
  expiresAfter,
  ...policy
}: ApprovalPolicy): ApprovalsDocument {
  return {
    count,
    ...policy,
    ...(roles === undefined ? {} : { roles: [...roles] as ApprovalsDocument['roles'] & object }),
    ...(people === undefined ? {} : { people: [...people] }),
    ...(expiresAfter === undefined ? {} : { expiresAfter: formatDuration(expiresAfter) }),
  };
}
