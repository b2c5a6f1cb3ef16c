import { after, type Instant } from '@spillway/kernel';

/**
 * Whether an endpoint is called. Closed: yes. Open: not before `until`. Then one call is let
 * through as a trial: an answer closes it, a failure opens it for twice as long. Who answers, whatever it is, is there.
 */
export interface Circuit {
  /** Failures since the last answer. */
  readonly failures: number;
  /** Not before; `undefined` while closed. */
  readonly openUntil?: Instant;
}

export interface CircuitLimits {
  /** So many failures after each other open it. */
  readonly failures: number;
  readonly firstPauseMs: number;
  readonly maxPauseMs: number;
}

export const closedCircuit: Circuit = { failures: 0 };

export const mayCall = ({ openUntil }: Circuit, now: Instant): boolean =>
  openUntil === undefined || openUntil <= now;

export function afterFailure(circuit: Circuit, now: Instant, limits: CircuitLimits): Circuit {
  const failures = circuit.failures + 1;
  if (failures < limits.failures) return { failures };
  const doublings = Math.min(failures - limits.failures, 30);
  const pause = Math.min(limits.firstPauseMs * 2 ** doublings, limits.maxPauseMs);
  return { failures, openUntil: after(now, pause) };
}
