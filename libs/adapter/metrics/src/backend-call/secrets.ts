import type { OpenSecret, SecretRef } from '@spillway/application';
import { failure, type SourceError } from './source-answer.js';

/** The name is for messages, the text for the wire. */
export interface OpenedSecret {
  readonly name: string;
  readonly text: string;
}

export type Opened<Key extends string> =
  { readonly kind: 'opened'; readonly secrets: Readonly<Record<Key, OpenedSecret>> } | SourceError;

/** Opens secrets for one question, so that a credential replaced is used at the next one. */
export async function openSecrets<Key extends string>(
  open: OpenSecret,
  refs: Readonly<Record<Key, SecretRef>>,
): Promise<Opened<Key>> {
  const entries = await Promise.all(
    Object.entries<SecretRef>(refs).map(
      async ([key, { secret }]) => [key, await openOne(open, secret)] as const,
    ),
  );
  for (const [, one] of entries) if ('kind' in one) return one;
  return {
    kind: 'opened',
    secrets: Object.fromEntries(entries) as Record<Key, OpenedSecret>,
  };
}

async function openOne(open: OpenSecret, name: string): Promise<OpenedSecret | SourceError> {
  try {
    // A line break at the end comes with many a copied credential, and no header may hold it.
    const text = (await open(name))?.trim();
    if (text === undefined) {
      return failure(`the secret "${name}" does not exist; create it, or name another one`);
    }
    return text === '' ? failure(`the secret "${name}" is empty`) : { name, text };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return failure(`the secret "${name}" cannot be opened: ${reason}`);
  }
}

/** A name and a password as `Authorization: Basic` has them; named like the password. */
export const basicPair = (username: string, { name, text }: OpenedSecret): OpenedSecret => ({
  name,
  text: Buffer.from(`${username}:${text}`).toString('base64'),
});

/**
 * Backends repeat in errors what they were sent, or a part of it: of "Bearer abc" perhaps only the
 * second word.
 */
export const blotOut = (message: string, secrets: readonly OpenedSecret[]): string =>
  secrets
    .flatMap(({ name, text }) => [
      { name, text },
      ...text
        .split(/\s+/)
        .filter(isTelling)
        .map((part) => ({ name, text: part })),
    ])
    .reduce((text, secret) => text.replaceAll(secret.text, `<${secret.name}>`), message);

/** Not a word such as "Bearer", which is no secret and occurs in advice. */
const isTelling = (part: string): boolean => part.length >= 8;

/** `the secrets "a" and "b"`. */
export function namesOf(secrets: readonly OpenedSecret[]): string {
  const names = [...new Set(secrets.map(({ name }) => `"${name}"`))];
  return `the secret${names.length === 1 ? '' : 's'} ${names.join(' and ')}`;
}
