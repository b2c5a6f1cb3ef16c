import type { ErrorCode } from './error-code.js';

/** Thrown for what was not foreseen at the call: carries a stable code and the next step. */
export class CodedError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly next: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A promise of the code itself was broken. Always a defect of Spillway, never of its user. */
export class InvariantBroken extends CodedError {
  constructor(message: string) {
    super('INVARIANT_BROKEN', message, 'Report this: it is a defect in Spillway.');
  }
}

/** Somebody else saved first. The work is done again from what is stored now. */
export class StaleWrite extends CodedError {
  constructor(subject: string, revision: number) {
    super(
      'STALE_WRITE',
      `${subject} was changed by somebody else after revision ${revision}.`,
      'Read it again and repeat the change.',
    );
  }
}
