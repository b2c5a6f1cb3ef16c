import type { components } from './generated/schema.js';

type Schemas = components['schemas'];

/** What is sent. Fields with a default may be left out. */
export type ClusterDocument = Schemas['ClusterDocument'];
export type ServiceDocument = Schemas['ServiceDocument'];
export type StrategyDocument = Schemas['StrategyDocument'];
export type MetricDocument = Schemas['MetricDocument'];
export type OnBusy = NonNullable<ReleaseDocument['onBusy']>;
export type ReleaseDocument = Schemas['ReleaseDocument'];
/** Which requests a route means, and how a text of theirs is compared. */
export type RequestMatch = Schemas['RequestMatchDocument'];
export type TextMatch = Schemas['TextMatchDocument'];
export type EgressPolicyDocument = Schemas['EgressPolicyDocument'];
export type SourceDocument = Schemas['SourceDocument'];
export type WebhookDocument = Schemas['WebhookDocument'];
export type RuleDocument = Schemas['RuleDocument'];
export type RuleTestDocument = Schemas['RuleTestDocument'];
export type TokenDocument = Schemas['TokenDocument'];
export type MemberDocument = Schemas['MemberDocument'];
export type NotificationDocument = Schemas['NotificationDocument'];
export type FreezeWindowDocument = Schemas['FreezeWindowDocument'];
export type GateDocument = Schemas['GateDocument'];
export type MeasurementDocument = Schemas['MeasurementDocument'];

/** What comes back. */
export type Cluster = Schemas['Cluster'];
export type Probe = Schemas['Probe'];
export type Service = Schemas['Service'];
export type Strategy = Schemas['Strategy'];
export type Release = Schemas['Release'];
export type ReleasePlan = Schemas['ReleasePlan'];
export type ReleaseEvent = Schemas['Event'];
export type FeedEvent = Schemas['FeedEvent'];
export type HookCall = Schemas['HookCall'];
export type Look = Schemas['Look'];
export type EgressPolicy = Schemas['EgressPolicy'];
export type EgressReport = Schemas['EgressReport'];
export type Notification = Schemas['Notification'];
export type Secret = Schemas['Secret'];
export type Source = Schemas['Source'];
export type Webhook = Schemas['Webhook'];
export type Rule = Schemas['Rule'];
export type RuleTest = Schemas['RuleTest'];
export type ReceivedDelivery = Schemas['ReceivedDelivery'];
export type OutgoingDelivery = Schemas['OutgoingDelivery'];
export type Delivery = Schemas['Delivery'];
export type Token = Schemas['Token'];
export type IssuedToken = Schemas['IssuedToken'];
export type Member = Schemas['Member'];
export type AuditRecord = Schemas['AuditRecord'];
export type AuditProof = Schemas['AuditProof'];
export type Identity = Schemas['Identity'];
export type Role = Schemas['Role'];
export type LoginProvider = Schemas['LoginProvider'];
export type PushedMeasurements = Schemas['PushedMeasurements'];
export type FreezeWindow = Schemas['FreezeWindow'];
export type Gate = Schemas['Gate'];
export type ApprovalWaiting = Schemas['ApprovalWaiting'];
export type Phase = Release['phase'];
export type Problem = Schemas['Problem'];
export type ErrorCode = Problem['code'];
export type Health = Schemas['Health'];

/** A part of a list; `next` is the `cursor` of the following one. */
export interface Page<Item> {
  items: Item[];
  next?: string;
}

/** What every call takes. */
export interface CallOptions {
  /** Gives the call up. */
  readonly signal?: AbortSignal | undefined;
}

/** What a call that has an effect takes. */
export interface CommandOptions extends CallOptions {
  /**
   * The same key with the same request has its effect once. Without one, each
   * call gets a key of its own, which its repetitions share.
   */
  readonly idempotencyKey?: string | undefined;
}

export interface ListOptions extends CallOptions {
  /** At most so many on a page, 1 to 200. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** Of lists by name. */
export interface NamedListOptions extends ListOptions {
  /** From a to z, or with `-` from z to a; default `name`. */
  readonly sort?: 'name' | '-name' | undefined;
}
