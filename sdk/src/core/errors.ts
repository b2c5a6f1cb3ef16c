import type { ErrorCode, Problem } from '../types.js';

/** Spillway said no, or answered what nobody foresaw. */
export class SpillwayError extends Error {
  override readonly name = 'SpillwayError';
  readonly status: number;
  /** Stable. `UNEXPECTED_ANSWER`: what answered is not Spillway, such as a proxy on the way. */
  readonly code: ErrorCode | 'UNEXPECTED_ANSWER';
  /** What was wrong with which value. */
  readonly detail: string;
  /** What can be done. */
  readonly next: string;
  /** The field that was wrong, such as `steps[2].setWeight`. */
  readonly field: string | undefined;
  /** Find the request in the server’s log by it. */
  readonly requestId: string | undefined;

  constructor(
    problem: Omit<Problem, 'type' | 'title' | 'code' | 'instance' | 'requestId'> & {
      readonly code: SpillwayError['code'];
      readonly requestId?: string;
    },
  ) {
    super(`${problem.detail} ${problem.next}`);
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.next = problem.next;
    this.field = problem.field;
    this.requestId = problem.requestId;
  }
}

/** Nobody answered, though it was tried more than once. The call may or may not have had its effect. */
export class SpillwayUnreachable extends Error {
  override readonly name = 'SpillwayUnreachable';

  constructor(
    readonly baseUrl: string,
    options: { cause: unknown },
  ) {
    super(
      `Spillway at ${baseUrl} does not answer: ${reasonIn(options.cause)}. Check the address and that it runs.`,
      options,
    );
  }
}

/** fetch says "fetch failed" and hides why in its cause. */
function reasonIn(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { cause } = thrown;
  return cause instanceof Error && cause.message !== '' ? cause.message : thrown.message;
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'next' in body;

/** What an answer with an error status says. */
export function errorIn(response: Response, body: unknown): SpillwayError {
  if (isProblem(body)) return new SpillwayError(body);
  const requestId = response.headers.get('x-request-id');
  return new SpillwayError({
    status: response.status,
    code: 'UNEXPECTED_ANSWER',
    detail: `The answer has status ${response.status} and is not one of Spillway.`,
    next: 'Check the address, and what stands between you and the server.',
    ...(requestId === null ? {} : { requestId }),
  });
}
