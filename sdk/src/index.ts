export { Spillway, type SpillwayOptions } from './client.js';
export {
  createSpillwayClient,
  type SpillwayClient,
  type SpillwayClientOptions,
} from './create-spillway-client.js';
export {
  Conflict,
  Forbidden,
  hasCode,
  InvalidRequest,
  NotFound,
  RateLimited,
  ServerFault,
  SpillwayError,
  SpillwayUnreachable,
  Unauthenticated,
  type FieldError,
  type Refusal,
} from './core/errors.js';
export { Listing } from './core/listing.js';
export { ReleaseEnded, WaitTimedOut, type WaitForOptions } from './lib/wait-for.js';
export { waitForRelease, type WaitOptions } from './lib/wait-for-release.js';
export type { WatchEventsOptions } from './lib/watch-events.js';
export type { WatchOptions } from './lib/watch-release.js';
export type { ReleaseNews, WatchReleasesOptions } from './lib/watch-releases.js';
export {
  signWebhook,
  verifyWebhook,
  WebhookRefused,
  type ReceivedWebhook,
  type VerifiedWebhook,
  type VerifyWebhookOptions,
  type WebhookFault,
} from './lib/webhooks.js';
export type { Audit, ListAuditOptions } from './resource/audit.js';
export type { Clusters } from './resource/clusters.js';
export type {
  ChangeStrategyOptions,
  InsteadOptions,
  JudgeOptions,
  OverrideFreezeOptions,
  ReleaseCommandOptions,
  SkipStepOptions,
} from './resource/release-commands.js';
export type {
  EventListOptions,
  HookCallListOptions,
  LookListOptions,
  ReleaseListOptions,
  Releases,
} from './resource/releases.js';
export type {
  EgressEnforceOptions,
  EgressPolicies,
  EgressReportOptions,
  EgressRollbackOptions,
} from './resource/egress-policies.js';
export type { Members } from './resource/members.js';
export type {
  Deliveries,
  OutgoingListOptions,
  ReceivedListOptions,
} from './resource/deliveries.js';
export type { Notifications } from './resource/notifications.js';
export type { FreezeWindows } from './resource/freeze-windows.js';
export type { Gates } from './resource/gates.js';
export type { Measurements } from './resource/measurements.js';
export type { Rules } from './resource/rules.js';
export type { Secrets } from './resource/secrets.js';
export type { Server } from './resource/server.js';
export type { ServiceListOptions, Services } from './resource/services.js';
export type { Sources } from './resource/sources.js';
export type { Strategies } from './resource/strategies.js';
export type { Webhooks } from './resource/webhooks.js';
export type { RotateTokenOptions, Tokens } from './resource/tokens.js';
export type * from './types.js';
