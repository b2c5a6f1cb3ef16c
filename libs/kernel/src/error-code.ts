/**
 * Every error that leaves Spillway carries one of these codes. They are part
 * of the API: a code is never renamed or given a second meaning.
 */
export const errorCodes = [
  'INVALID_INPUT',
  'INVALID_STRATEGY',
  'INVALID_WEIGHTS',
  'INVALID_EGRESS_POLICY',
  'INVALID_MEASUREMENT',
  'UNKNOWN_CLUSTER',
  'UNKNOWN_SERVICE',
  'UNKNOWN_STRATEGY',
  'UNKNOWN_RELEASE',
  'UNKNOWN_EGRESS_POLICY',
  'UNKNOWN_SECRET',
  'UNKNOWN_SOURCE',
  'NO_CLUSTER_SELECTED',
  'CLUSTER_IN_USE',
  'SECRET_IN_USE',
  'SOURCE_IN_USE',
  'SAME_VERSION',
  'SERVICE_BUSY',
  'EGRESS_WOULD_BLOCK',
  'EGRESS_NOT_OBSERVED',
  'NOT_POSSIBLE_IN_PHASE',
  'STALE_WRITE',
  'IDEMPOTENCY_KEY_REUSED',
  'UNAUTHENTICATED',
  'NOT_FOUND',
  'DATABASE_UNAVAILABLE',
  'SCHEMA_BEHIND',
  'INVALID_CONFIGURATION',
  'INVARIANT_BROKEN',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];
