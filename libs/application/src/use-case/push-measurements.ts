import { ok, refuse, type Refusal, type Result } from '@spillway/kernel';
import type { Tx } from '../port/unit-of-work.js';
import type { UseCaseDeps } from './deps.js';
import { keyReused } from './idempotently.js';
import { refuseMeasurements } from './refuse-measurements.js';
import { fingerprintOf, requestKey } from './request-key.js';
import type { PushMeasurements, UseCases } from './use-cases.js';

const operation = 'pushMeasurements';

/**
 * A repeated request is answered before its measurements are looked at: they may
 * be too old by now, and were taken all the same.
 */
export const pushMeasurements =
  ({ unitOfWork }: UseCaseDeps): UseCases['pushMeasurements'] =>
  (command) =>
    unitOfWork.run(async (tx) => {
      const repeated = await repeatedPush(tx, command);
      if (repeated !== undefined) return repeated;
      const wrong = await refuseMeasurements(tx, command);
      if (wrong !== undefined) return refuse(wrong);
      const { measurements, idempotencyKey } = command;
      await tx.pushed.add(measurements.map(({ at = tx.now, ...rest }) => ({ ...rest, at })));
      if (idempotencyKey !== undefined) {
        const fingerprint = fingerprintOf(operation, command);
        await tx.idempotency.put(requestKey(command), { fingerprint, subject: 'measurements' });
      }
      return ok(measurements.length);
    });

async function repeatedPush(
  tx: Tx,
  command: PushMeasurements,
): Promise<Result<number, Refusal> | undefined> {
  const { idempotencyKey, measurements } = command;
  if (idempotencyKey === undefined) return undefined;
  const earlier = await tx.idempotency.get(requestKey(command));
  if (earlier === undefined) return undefined;
  return earlier.fingerprint === fingerprintOf(operation, command)
    ? ok(measurements.length)
    : refuse(keyReused(idempotencyKey));
}
