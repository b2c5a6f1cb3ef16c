import type { Caller } from '@spillway/application';
import { ok, refusal, refuse, type Refusal, type Result } from '@spillway/kernel';

const printable = /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/;

/** Who asks, with the key that makes a repeated request harmless, where one was sent. */
export function withIdempotencyKey(
  caller: Caller,
  key: string | null | undefined,
): Result<Caller, Refusal> {
  if (key === undefined || key === null) return ok(caller);
  if (printable.test(key)) return ok({ ...caller, idempotencyKey: key });
  return refuse(
    refusal(
      'INVALID_INPUT',
      'Idempotency-Key must be 1 to 200 printable ASCII characters.',
      'Send a UUID.',
      'Idempotency-Key',
    ),
  );
}
