import type { AskedRelease, PassedBy, Rule, Trigger } from '@spillway/domain-rule';
import type { DeliveryId, Refusal, Result, RuleName, WebhookName } from '@spillway/kernel';
import type { Caller } from '../../access/caller.js';
import type { Page, PageRequest } from '../../port/page.js';
import type { ReceivedDelivery, ReceivedFilter } from '../../port/received-store.js';
import type { RuleRecord } from '../../port/rule-store.js';
import type { RawDelivery } from '../../port/webhook-protocol.js';
import type { NewWebhook, WebhookRecord } from '../../port/webhook-store.js';

/** Something that was sent to a webhook, by whomever. */
export interface ReceiveDelivery {
  readonly webhook: WebhookName;
  readonly delivery: RawDelivery;
}

/** What rules are to be tried with: a delivery that came in, or what one would be. */
export interface TestRule {
  readonly about:
    | { readonly kind: 'delivery'; readonly delivery: DeliveryId }
    | { readonly kind: 'payload'; readonly webhook: WebhookName; readonly sent: RawDelivery };
  /** One that is not put yet, in the place of the one of its name. */
  readonly rule?: Rule;
}

/** What would come of it; a release when there is one and no `because`. */
export interface RuleTest {
  readonly webhook: WebhookName;
  /** As the delivery is understood; absent when it tells of nothing that rules are about. */
  readonly trigger?: Trigger;
  /** The first that matches. */
  readonly rule?: RuleName;
  readonly release?: AskedRelease;
  readonly passedBy?: readonly PassedBy[];
  /** Why no release would be started. */
  readonly because?: string;
}

/** What others tell, and what comes of it. */
export interface WebhookUseCases {
  putWebhook(webhook: NewWebhook, caller: Caller): Promise<Result<WebhookRecord, Refusal>>;
  getWebhook(name: WebhookName, caller: Caller): Promise<Result<WebhookRecord, Refusal>>;
  listWebhooks(page: PageRequest, caller: Caller): Promise<Result<Page<WebhookRecord>, Refusal>>;
  removeWebhook(name: WebhookName, caller: Caller): Promise<Result<void, Refusal>>;
  /** For whoever can sign: the caller's actor is the webhook. */
  receiveDelivery(
    sent: ReceiveDelivery,
    caller: Caller,
  ): Promise<Result<ReceivedDelivery, Refusal>>;
  getReceivedDelivery(id: DeliveryId, caller: Caller): Promise<Result<ReceivedDelivery, Refusal>>;
  listReceivedDeliveries(
    filter: ReceivedFilter,
    page: PageRequest,
    caller: Caller,
  ): Promise<Result<Page<ReceivedDelivery>, Refusal>>;
  redeliverReceived(id: DeliveryId, caller: Caller): Promise<Result<ReceivedDelivery, Refusal>>;
  putRule(rule: Rule, caller: Caller): Promise<Result<RuleRecord, Refusal>>;
  getRule(name: RuleName, caller: Caller): Promise<Result<RuleRecord, Refusal>>;
  listRules(page: PageRequest, caller: Caller): Promise<Result<Page<RuleRecord>, Refusal>>;
  removeRule(name: RuleName, caller: Caller): Promise<Result<void, Refusal>>;
  testRule(wanted: TestRule, caller: Caller): Promise<Result<RuleTest, Refusal>>;
}
