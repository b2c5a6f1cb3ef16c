/** What a request with an `Idempotency-Key` led to, kept for 24 hours. */
export interface IdempotentOutcome {
  /** SHA-256, hex, of the operation and its input: the same key with another input is refused. */
  readonly fingerprint: string;
  /** The answer that was given, as JSON. May hold a secret that is shown once: kept sealed. */
  readonly answer: string;
}

export interface IdempotencyStore {
  /** Waits for a transaction that is just putting the same key. */
  get(key: string): Promise<IdempotentOutcome | undefined>;
  put(key: string, outcome: IdempotentOutcome): Promise<void>;
}
