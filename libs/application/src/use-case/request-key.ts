import { createHash } from 'node:crypto';
import type { Caller } from './use-cases.js';

/** Keys of different callers never meet. */
export const requestKey = ({ actor, idempotencyKey }: Caller): string =>
  JSON.stringify([actor, idempotencyKey]);

/** Tells a repeated request from another one with the same key. */
export const fingerprintOf = (
  operation: string,
  { idempotencyKey: _key, ...input }: Caller,
): string =>
  createHash('sha256')
    .update(JSON.stringify([operation, input]))
    .digest('hex');
