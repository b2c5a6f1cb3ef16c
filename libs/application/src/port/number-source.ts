import type { Duration, Instant } from '@spillway/kernel';

/** One number, asked of a backend in its own query language. */
export interface SourceQuestion {
  /** Whole: every `{{variable}}` is filled in. */
  readonly query: string;
  /** The window is (`from`, `to`]. */
  readonly from: Instant;
  readonly to: Instant;
}

/** No samples, no number and no answer are three different things. */
export type SourceAnswer =
  /** Finite. */
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'notANumber' }
  | {
      readonly kind: 'error';
      /** For a person: what the backend said, and what to look at. Holds no credential. */
      readonly message: string;
      /** The backend wants to be left alone for so long (429 with Retry-After). */
      readonly retryAfter?: Duration;
    };

/**
 * A metrics backend that answers one query with one number. Never rejects: bad credentials, a
 * rate limit, a time-out, a partial answer and an answer with several series are answers of kind
 * `error`. Does not retry; who asks decides when to ask again.
 */
export interface NumberSource {
  ask(question: SourceQuestion): Promise<SourceAnswer>;
  close(): Promise<void>;
}
