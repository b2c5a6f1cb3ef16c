import { createHash } from 'node:crypto';
import { canonicalJson } from '@spillway/kernel';

/** 32 hex digits that stand for a value: the same value gives the same, whatever the order of its members. */
export const digestOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);

/** What an `ETag` says and `If-Match` asks for: the revision where there is one, or else the digest. */
export const tagOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'revision' in value
    ? String(value.revision)
    : digestOf(value);
