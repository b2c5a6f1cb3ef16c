import { errorCodes, type ErrorCode } from '@spillway/kernel';

/** How a kind of error is told to clients. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** Relative reference that identifies the kind (RFC 9457, section 3.1.1). */
  readonly type: string;
}

/** The one place where an error code meets HTTP. The type makes it complete. */
const table = {
  INVALID_INPUT: [400, 'The request is not understood'],
  INVALID_STRATEGY: [422, 'The strategy does not make sense'],
  INVALID_WEIGHTS: [422, 'The weights do not make sense'],
  INVALID_EGRESS_POLICY: [422, 'The egress policy does not make sense'],
  INVALID_MEASUREMENT: [422, 'The measurements do not make sense'],
  INVALID_FREEZE_WINDOW: [422, 'The freeze window does not make sense'],
  INVALID_RULE: [422, 'The rule does not make sense'],
  UNKNOWN_CLUSTER: [404, 'There is no such cluster'],
  UNKNOWN_SERVICE: [404, 'There is no such service'],
  UNKNOWN_STRATEGY: [404, 'There is no such strategy'],
  UNKNOWN_RELEASE: [404, 'There is no such release'],
  UNKNOWN_EGRESS_POLICY: [404, 'There is no egress policy of this namespace'],
  UNKNOWN_SECRET: [404, 'There is no such secret'],
  UNKNOWN_SOURCE: [404, 'There is no such source'],
  UNKNOWN_TOKEN: [404, 'There is no such token'],
  UNKNOWN_MEMBER: [404, 'There is no such member'],
  NAME_TAKEN: [409, 'The name is taken'],
  UNKNOWN_GATE: [404, 'There is no such gate'],
  UNKNOWN_FREEZE_WINDOW: [404, 'There is no such freeze window'],
  UNKNOWN_WEBHOOK: [404, 'There is no such webhook'],
  UNKNOWN_RULE: [404, 'There is no such rule'],
  UNKNOWN_NOTIFICATION: [404, 'There is no such notification endpoint'],
  UNKNOWN_DELIVERY: [404, 'There is no such delivery'],
  NO_CLUSTER_SELECTED: [422, 'A wave has no cluster, or a cluster no wave'],
  CLUSTER_IN_USE: [409, 'The cluster is in use'],
  SECRET_IN_USE: [409, 'The secret is in use'],
  SOURCE_IN_USE: [409, 'The source is in use'],
  WEBHOOK_IN_USE: [409, 'The webhook is in use'],
  DELIVERY_NOT_USABLE: [409, 'Nothing can be made of the delivery'],
  SAME_VERSION: [422, 'The version serves already'],
  SERVICE_BUSY: [409, 'The service is being released'],
  EGRESS_WOULD_BLOCK: [409, 'Traffic would be blocked'],
  EGRESS_NOT_OBSERVED: [409, 'It is not known what would be blocked'],
  NOT_POSSIBLE_IN_PHASE: [409, 'Not possible in the release’s phase'],
  STEP_NOT_REACHED: [409, 'The release has not come to that step'],
  STEP_NOT_SKIPPABLE: [409, 'Nobody passes over that step'],
  REASON_REQUIRED: [422, 'A reason has to be given'],
  NOT_LATEST_RELEASE: [409, 'A later release is in charge of the service'],
  NOTHING_TO_APPROVE: [409, 'No gate waits for approvals'],
  APPROVAL_NOT_ALLOWED: [403, 'The gate wants somebody else'],
  SELF_APPROVAL_FORBIDDEN: [403, 'The gate wants somebody who had no hand in it'],
  PLAN_CHANGED: [409, 'The plan is another one by now'],
  NOT_FROZEN: [409, 'No freeze window holds the release'],
  STALE_WRITE: [409, 'Somebody else was faster'],
  IDEMPOTENCY_KEY_REUSED: [409, 'The idempotency key was used for another request'],
  PRECONDITION_FAILED: [412, 'It is not what you have read any more'],
  UNAUTHENTICATED: [401, 'No valid token'],
  FORBIDDEN: [403, 'Not with this role'],
  INVALID_SIGNATURE: [401, 'The delivery is not signed as agreed'],
  NOT_FOUND: [404, 'There is nothing here'],
  METHOD_NOT_ALLOWED: [405, 'The address does not take this method'],
  NOT_ACCEPTABLE: [406, 'The answer is not to be had in that form'],
  REQUEST_TIMEOUT: [408, 'The request came too slowly'],
  BODY_TOO_LARGE: [413, 'The body is too large'],
  ADDRESS_TOO_LONG: [414, 'The address is too long'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The body is not JSON in UTF-8'],
  HEADERS_TOO_LARGE: [431, 'The headers are too large'],
  RATE_LIMITED: [429, 'Too many requests'],
  TOOK_TOO_LONG: [504, 'It took too long'],
  DATABASE_UNAVAILABLE: [503, 'The database does not answer'],
  SCHEMA_BEHIND: [503, 'The database is not migrated'],
  INVALID_CONFIGURATION: [500, 'Spillway is not configured correctly'],
  INVARIANT_BROKEN: [500, 'Spillway has a defect'],
  INTERNAL: [500, 'Something unforeseen happened'],
} as const satisfies Record<ErrorCode, readonly [number, string]>;

/** Where the guide of errors is served, with a section for each code. */
export const guideAddress = '/problems';

/** Address of what people read about a code. */
export const docsOf = (code: ErrorCode): string =>
  `${guideAddress}#${code.toLowerCase().replaceAll('_', '-')}`;

/** `SERVICE_BUSY` → 409, its title, and `/problems/service-busy`. */
export function problemKind(code: ErrorCode): ProblemKind {
  const [status, title] = table[code];
  return { status, title, type: `/problems/${code.toLowerCase().replaceAll('_', '-')}` };
}

/** All kinds, in the order of their codes’ list; for documents. */
export const problemKinds = (): readonly (ProblemKind & { readonly code: ErrorCode })[] =>
  errorCodes.map((code) => ({ code, ...problemKind(code) }));
