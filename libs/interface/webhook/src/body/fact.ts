import { z } from 'zod';

/** Longer is none of the facts that rules are about; a control character would spoil a terminal. */
const plain = /^[^\p{Cc}\p{Surrogate}]{1,500}$/u;

/** A text, or nothing where a payload has something else: payloads gain fields and change some. */
export const fact = z.string().trim().regex(plain).optional().catch(undefined);

/** Leaves out what is not there. */
export const known = <T extends object>(facts: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** `refs/heads/main` and `main` are a branch, `refs/tags/v2` a tag, a commit’s hash neither. */
export function refOf(ref: string | undefined, sha?: string): { branch?: string; tag?: string } {
  if (ref === undefined || ref === sha) return {};
  if (ref.startsWith('refs/tags/')) return { tag: ref.slice('refs/tags/'.length) };
  if (ref.startsWith('refs/heads/')) return { branch: ref.slice('refs/heads/'.length) };
  return ref.startsWith('refs/') ? {} : { branch: ref };
}
