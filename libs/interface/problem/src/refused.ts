import { CodedError, refusal, type Refusal, type Result } from '@spillway/kernel';
import { problemKind } from './problem-table.js';

/** Carries a refusal out of a handler to the filter that answers. Is never logged. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
    this.name = 'Refused';
  }
}

/** The value, or the refusal thrown to be answered as a problem. */
export function orRefuse<T>(result: Result<T, Refusal>): T {
  if (result.ok) return result.value;
  throw new Refused(result.error);
}

/**
 * The refusal in what was thrown, or `undefined` when it must not leave the
 * process: defects and wrong settings are for the log, not for callers.
 */
export function refusalIn(thrown: unknown): Refusal | undefined {
  if (thrown instanceof Refused) return thrown.refusal;
  if (!(thrown instanceof CodedError) || problemKind(thrown.code).status === 500) return undefined;
  return refusal(thrown.code, thrown.message, thrown.next);
}
