export { createSpillwayClient, type SpillwayClient, type SpillwayClientOptions } from './client.js';
export { SpillwayError, SpillwayUnreachable } from './core/errors.js';
export { waitForRelease, type WaitOptions } from './lib/wait-for-release.js';
export type { WatchOptions } from './lib/watch-release.js';
export type { Clusters } from './resource/clusters.js';
export type {
  EventListOptions,
  LookListOptions,
  ReleaseCommandOptions,
  ReleaseListOptions,
  Releases,
} from './resource/releases.js';
export type {
  EgressEnforceOptions,
  EgressPolicies,
  EgressReportOptions,
  EgressRollbackOptions,
} from './resource/egress-policies.js';
export type { Measurements } from './resource/measurements.js';
export type { Secrets } from './resource/secrets.js';
export type { Services } from './resource/services.js';
export type { Sources } from './resource/sources.js';
export type { Strategies } from './resource/strategies.js';
export type * from './types.js';
