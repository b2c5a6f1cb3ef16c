/** What a request with an `Idempotency-Key` led to, kept for 24 hours. */
export interface IdempotentOutcome {
  /** SHA-256, hex, of the operation and its input: the same key with another input is refused. */
  readonly fingerprint: string;
  /** The id of what was made, or changed. */
  readonly subject: string;
}

export interface IdempotencyStore {
  /** Waits for a transaction that is just putting the same key. */
  get(key: string): Promise<IdempotentOutcome | undefined>;
  put(key: string, outcome: IdempotentOutcome): Promise<void>;
}
