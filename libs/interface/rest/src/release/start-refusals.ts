/** Why a release cannot begin. */
export const startRefusals = [
  'UNKNOWN_SERVICE',
  'UNKNOWN_STRATEGY',
  'UNKNOWN_CLUSTER',
  'UNKNOWN_SOURCE',
  'NO_CLUSTER_SELECTED',
  'SAME_VERSION',
  'SERVICE_BUSY',
  'STALE_WRITE',
] as const;
