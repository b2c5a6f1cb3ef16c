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
  INVALID_RULE: [422, 'The rule does not make sense'],
  UNKNOWN_CLUSTER: [404, 'There is no such cluster'],
  UNKNOWN_SERVICE: [404, 'There is no such service'],
  UNKNOWN_STRATEGY: [404, 'There is no such strategy'],
  UNKNOWN_RELEASE: [404, 'There is no such release'],
  UNKNOWN_EGRESS_POLICY: [404, 'There is no egress policy of this namespace'],
  UNKNOWN_SECRET: [404, 'There is no such secret'],
  UNKNOWN_SOURCE: [404, 'There is no such source'],
  UNKNOWN_WEBHOOK: [404, 'There is no such webhook'],
  UNKNOWN_RULE: [404, 'There is no such rule'],
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
  STALE_WRITE: [409, 'Somebody else was faster'],
  IDEMPOTENCY_KEY_REUSED: [422, 'The idempotency key was used for another request'],
  UNAUTHENTICATED: [401, 'No valid token'],
  INVALID_SIGNATURE: [401, 'The delivery is not signed as agreed'],
  NOT_FOUND: [404, 'There is nothing here'],
  DATABASE_UNAVAILABLE: [503, 'The database does not answer'],
  SCHEMA_BEHIND: [503, 'The database is not migrated'],
  INVALID_CONFIGURATION: [500, 'Spillway is not configured correctly'],
  INVARIANT_BROKEN: [500, 'Spillway has a defect'],
  INTERNAL: [500, 'Something unforeseen happened'],
} as const satisfies Record<ErrorCode, readonly [number, string]>;

/** `SERVICE_BUSY` → 409, its title, and `/problems/service-busy`. */
export function problemKind(code: ErrorCode): ProblemKind {
  const [status, title] = table[code];
  return { status, title, type: `/problems/${code.toLowerCase().replaceAll('_', '-')}` };
}

/** All kinds, in the order of their codes’ list; for documents. */
export const problemKinds = (): readonly (ProblemKind & { readonly code: ErrorCode })[] =>
  errorCodes.map((code) => ({ code, ...problemKind(code) }));
