import type { Trigger } from '@spillway/domain-rule';
import type { Instant, Refusal, Result } from '@spillway/kernel';
import type { WebhookFormat } from './webhook-store.js';

/** What was sent to a webhook, byte for byte. */
export interface RawDelivery {
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** That a delivery is from who knows a secret of the webhook. */
export interface Authentic {
  /**
   * The same for the same signature’s subject, whatever headers somebody put around
   * it; absent where nothing of the delivery itself is signed, as with a token.
   */
  readonly fingerprint?: string;
}

/** A delivery as its sender’s words are understood. */
export interface ReadDelivery {
  /** The sender’s id of it: repeated when it is sent again. */
  readonly key?: string;
  /** In the sender’s words. */
  readonly event: string;
  /** Absent when it tells of nothing that could be released; `because` says why. */
  readonly trigger?: Trigger;
  readonly because?: string;
}

/** How senders sign and what they write. Pure: neither a clock nor a network is asked. */
export interface WebhookProtocol {
  /** Looks at bytes and headers only, and takes as long for a wrong signature as for a right one. */
  authenticate(
    format: WebhookFormat,
    secrets: readonly string[],
    delivery: RawDelivery,
    now: Instant,
  ): Authentic | undefined;
  /** To be asked of authentic deliveries only. Refuses what cannot be understood. */
  read(format: WebhookFormat, delivery: RawDelivery): Result<ReadDelivery, Refusal>;
}
