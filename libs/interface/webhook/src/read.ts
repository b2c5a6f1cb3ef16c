import type { RawDelivery, ReadDelivery, WebhookFormat } from '@spillway/application';
import type { Refusal, Result } from '@spillway/kernel';

/** Understands one provider’s deliveries. */
export type Read = (delivery: RawDelivery, format: WebhookFormat) => Result<ReadDelivery, Refusal>;

/** Known, and of no use to rules: kept, with the reason. */
export const ofNoUse = (event: string, because: string): ReadDelivery => ({ event, because });
