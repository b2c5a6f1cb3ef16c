import type { ErrorCode } from './error-code.js';

/** One field that was wrong, and what about it. */
export interface FieldError {
  /** A path such as `steps[2].setWeight`; empty for the document itself. */
  readonly field: string;
  readonly message: string;
}

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
  /** Every field that was wrong, where more than one may be; `field` is the first of them. */
  readonly errors?: readonly FieldError[];
}

export const refusal = (
  code: ErrorCode,
  message: string,
  next: string,
  field?: string,
): Refusal => ({ code, message, next, ...(field === undefined ? {} : { field }) });
