import type { ErrorCode } from './error-code.js';

/**
 * A foreseen "no": what was wrong with which value, and what the reader can do.
 * Use cases return it; interfaces turn it into a problem body or a GraphQL result.
 */
export interface Refusal {
  readonly code: ErrorCode;
  /** One sentence that names the offending value. */
  readonly message: string;
  /** The next step for the reader, as an imperative sentence. */
  readonly next: string;
  /** The field that was wrong, as a path such as `steps[2].setWeight`. */
  readonly field?: string;
}

export const refusal = (
  code: ErrorCode,
  message: string,
  next: string,
  field?: string,
): Refusal => ({ code, message, next, ...(field === undefined ? {} : { field }) });
