import type { Instant } from '@spillway/kernel';

/** One call over HTTP to an address that somebody configured. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Adds `webhook-id`, `webhook-timestamp` and `webhook-signature` as Standard Webhooks say. */
  readonly signing?: OutgoingSigning;
  /** For all of it: looking up the name, connecting, and the whole answer. */
  readonly timeoutMs: number;
  /** What is longer of the answer's body is not read. */
  readonly maxBytes: number;
}

export interface OutgoingSigning {
  /** The same for every attempt, so that the receiver can tell a repetition. */
  readonly id: string;
  readonly at: Instant;
  /** `whsec_…`; several while one replaces another: the receiver accepts any of them. */
  readonly secrets: readonly string[];
}

export type OutgoingAnswer =
  /** Whatever the status; redirects are answers too, for none is followed. */
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** The guard said no, and nothing was sent. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It may have been received all the same. */
  | {
      readonly kind: 'failed';
      readonly why: 'timeOut' | 'connection';
      readonly reason: string;
    };

/**
 * Calls to addresses that people configure, guarded against being led to others. Never rejects,
 * repeats nothing, follows no redirect, and answers within `timeoutMs`. Reasons are for a person,
 * and hold neither query nor secrets.
 */
export interface OutgoingCalls {
  call(request: OutgoingRequest): Promise<OutgoingAnswer>;
}
