import type { Release } from '@spillway/domain-release';
import { ok, refusal, refuse, releaseId, type Refusal, type Result } from '@spillway/kernel';
import type { Tx } from '../port/unit-of-work.js';
import { fingerprintOf, requestKey } from './request-key.js';
import type { Caller } from './use-cases.js';

/**
 * Does the work once for a key: a repeated request gets the release of the first
 * as it is now. The key is stored in the same transaction as the effect, so
 * there is never one without the other. A refusal is not kept: it may be
 * possible the next time.
 */
export async function idempotently(
  tx: Tx,
  operation: string,
  command: Caller,
  work: () => Promise<Result<Release, Refusal>>,
): Promise<Result<Release, Refusal>> {
  const { idempotencyKey } = command;
  if (idempotencyKey === undefined) return work();
  const key = requestKey(command);
  const fingerprint = fingerprintOf(operation, command);

  const earlier = await tx.idempotency.get(key);
  if (earlier !== undefined && earlier.fingerprint !== fingerprint)
    return refuse(keyReused(idempotencyKey));
  const known = earlier && (await tx.releases.get(releaseId(earlier.subject)));
  if (known !== undefined) return ok(known);

  const outcome = await work();
  if (outcome.ok) await tx.idempotency.put(key, { fingerprint, subject: outcome.value.id });
  return outcome;
}

export const keyReused = (key: string): Refusal =>
  refusal(
    'IDEMPOTENCY_KEY_REUSED',
    `Idempotency key "${key}" was used for another request.`,
    'Use a new key for a new request, and the same body when repeating one.',
  );
