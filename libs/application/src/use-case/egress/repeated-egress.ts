import { namespaceName, ok, refuse, type Refusal, type Result } from '@spillway/kernel';
import type { EgressRecord } from '../../port/egress-store.js';
import type { Tx } from '../../port/unit-of-work.js';
import { keyReused } from '../idempotently.js';
import { fingerprintOf, requestKey } from '../request-key.js';
import type { Caller } from '../use-cases.js';

/**
 * What a command with this key led to before, as it is now. A command that is sent
 * once more must not close what somebody opened in between.
 */
export async function repeatedEgress(
  tx: Tx,
  operation: string,
  command: Caller,
): Promise<Result<EgressRecord, Refusal> | undefined> {
  const { idempotencyKey } = command;
  if (idempotencyKey === undefined) return undefined;
  const earlier = await tx.idempotency.get(requestKey(command));
  if (earlier === undefined) return undefined;
  if (earlier.fingerprint !== fingerprintOf(operation, command)) {
    return refuse(keyReused(idempotencyKey));
  }
  const record = await tx.egress.get(namespaceName(earlier.subject));
  return record === undefined ? undefined : ok(record);
}

/** In the transaction of the effect, so there is never one without the other. */
export async function rememberEgress(
  tx: Tx,
  operation: string,
  command: Caller,
  { namespace }: EgressRecord,
): Promise<void> {
  if (command.idempotencyKey === undefined) return;
  const fingerprint = fingerprintOf(operation, command);
  await tx.idempotency.put(requestKey(command), { fingerprint, subject: namespace });
}
