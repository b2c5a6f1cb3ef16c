import { createHash } from 'node:crypto';
import type { Plan } from '@spillway/domain-release';
import { canonicalJson } from '@spillway/kernel';

/** SHA-256, hex, of a plan's canonical JSON: what approvals are bound to. */
export const planDigest = (plan: Plan): string =>
  createHash('sha256').update(canonicalJson(plan)).digest('hex');
