import { refusal, type ErrorCode, type FieldError, type Refusal } from '@spillway/kernel';
import { docsOf, problemKind } from './problem-table.js';

export const problemMediaType = 'application/problem+json';

/** Body of every answer that says no (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly next: string;
  readonly field?: string;
  /** Every wrong field, where the request was wrong in its fields. */
  readonly errors?: readonly FieldError[];
  /** Address of what people read about the code. */
  readonly docs: string;
  readonly instance: string;
  readonly requestId: string;
}

/** Which request is answered. */
export interface Asked {
  /** The path; without its query, which may hold anything. */
  readonly instance: string;
  readonly requestId: string;
}

export function toProblem(refused: Refusal, { instance, requestId }: Asked): Problem {
  const { status, title, type } = problemKind(refused.code);
  return {
    type,
    title,
    status,
    detail: refused.message,
    code: refused.code,
    next: refused.next,
    ...fieldsOf(refused),
    docs: docsOf(refused.code),
    instance,
    requestId,
  };
}

function fieldsOf({ field, errors, message }: Refusal): Pick<Problem, 'field' | 'errors'> {
  if (errors !== undefined) return { ...(field === undefined ? {} : { field }), errors };
  return field === undefined ? {} : { field, errors: [{ field, message }] };
}

/** What GraphQL puts into `extensions` of an error. */
export const toExtensions = ({
  code,
  next,
  field,
}: Refusal): Pick<Refusal, 'code' | 'next' | 'field'> => ({
  code,
  next,
  ...(field === undefined ? {} : { field }),
});

/** Seconds after which a repeated request may fare better, where time is all it takes. */
export const retryAfter = (code: ErrorCode): number | undefined =>
  problemKind(code).status === 503 ? 2 : undefined;

/** What to say when the reason is nobody’s business: it is in the log, under the request id. */
export const unforeseen = (requestId: string): Refusal =>
  refusal(
    'INTERNAL',
    'Something unforeseen happened.',
    `Look for request ${requestId} in the log of the server, or report it with this id.`,
  );
