import type { Channel, Notice } from '@spillway/domain-notification';
import type { DeliveryId, Duration, Instant } from '@spillway/kernel';

/** One attempt of a delivery. */
export interface OutgoingNotice {
  readonly id: DeliveryId;
  readonly channel: Channel;
  readonly notice: Notice;
  /** Now. */
  readonly at: Instant;
}

/**
 * - `endpoint`: nothing else would get through either, such as of who does not answer, or wants
 *   another password.
 * - `message`: this one was refused.
 * - `gone`: it says that it is never to be asked again.
 */
export type SendFault = 'endpoint' | 'message' | 'gone';

export type SendOutcome =
  | { readonly kind: 'sent'; readonly status?: number }
  | {
      readonly kind: 'failed';
      readonly fault: SendFault;
      readonly status?: number;
      /** For a person; holds no secret. */
      readonly because: string;
      /** How long the other side asks to be left alone. */
      readonly after?: Duration;
    };

export interface Notifier {
  /**
   * Tries once, and for some seconds at most. Rejects only where secrets cannot be read at all:
   * then nothing was sent.
   */
  send(notice: OutgoingNotice): Promise<SendOutcome>;
}
