import { createHash } from 'node:crypto';
import { canonicalJson, ok, refusal, refuse, type Refusal, type Result } from '@spillway/kernel';
import type { Caller } from '../access/caller.js';
import type { Tx } from '../port/unit-of-work.js';
import type { UseCases } from './use-cases.js';

/** What is to be changed, and for whom. */
export interface Change {
  readonly operation: keyof UseCases;
  /** All that was asked for: the same key with another input is refused. */
  readonly input: unknown;
  readonly caller: Caller;
}

/**
 * What a request with this key was answered before; `undefined` when it comes for the
 * first time. A refusal is not kept: it may be possible the next time.
 */
export async function repeatedAnswer<T>(
  tx: Tx,
  change: Change,
): Promise<Result<T, Refusal> | undefined> {
  const { idempotencyKey } = change.caller;
  if (idempotencyKey === undefined) return undefined;
  const earlier = await tx.idempotency.get(keyOf(change.caller));
  if (earlier === undefined) return undefined;
  if (earlier.fingerprint !== fingerprintOf(change)) return refuse(keyReused(idempotencyKey));
  return ok((JSON.parse(earlier.answer) as { readonly value: T }).value);
}

/** In the transaction of the effect, so there is never one without the other. */
export async function rememberAnswer(tx: Tx, change: Change, value: unknown): Promise<void> {
  if (change.caller.idempotencyKey === undefined) return;
  const answer = JSON.stringify({ value });
  await tx.idempotency.put(keyOf(change.caller), { fingerprint: fingerprintOf(change), answer });
}

/** Keys of different callers never meet. */
const keyOf = ({ actor, idempotencyKey }: Caller): string =>
  JSON.stringify([actor, idempotencyKey]);

/** Tells a repeated request from another one with the same key. */
const fingerprintOf = ({ operation, input }: Change): string =>
  createHash('sha256')
    .update(canonicalJson([operation, input]))
    .digest('hex');

const keyReused = (key: string): Refusal =>
  refusal(
    'IDEMPOTENCY_KEY_REUSED',
    `Idempotency key "${key}" was used for another request.`,
    'Use a new key for a new request, and the same body when repeating one.',
    'Idempotency-Key',
  );
