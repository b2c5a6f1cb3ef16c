import type { Plan, Step } from '../plan.js';
import type { Gate, GatePlace } from './gate.js';

export type GateStep = Extract<Step, { kind: 'gate' }>;

/** A gate of a plan, and in front of which step of it. */
export interface PlannedGate extends GatePlace {
  readonly index: number;
  readonly rule: Gate;
}

/** The gates of a plan in the order in which they are passed. */
export const gatesOf = ({ steps }: Pick<Plan, 'steps'>): readonly PlannedGate[] =>
  steps.flatMap((step, index) =>
    step.kind === 'gate' ? [{ gate: step.name, wave: step.wave, index, rule: step }] : [],
  );

/** `2 approvals by the role approver or by anna`, `opened by hand`. */
export function describeGate(rule: Gate): string {
  if ('manual' in rule) return 'opened by hand';
  const { count, roles = [], people = [] } = rule.approvals;
  const who = [
    ...(roles.length === 0 ? [] : [`the role ${roles.join(' or ')}`]),
    ...(people.length === 0 ? [] : [people.join(', ')]),
  ];
  const by = who.length === 0 ? '' : ` by ${who.join(' or by ')}`;
  return `${count === 1 ? '1 approval' : `${count} approvals`}${by}`;
}
