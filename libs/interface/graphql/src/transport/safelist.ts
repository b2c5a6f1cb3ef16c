import { createHash } from 'node:crypto';
import { CodedError } from '@spillway/kernel';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const unreadable = (why: string, cause?: unknown): CodedError =>
  new CodedError(
    'INVALID_CONFIGURATION',
    `The list of GraphQL operations is not understood: ${why}.`,
    'Name a manifest of persisted queries of Apollo, or a JSON object with operations under any keys.',
    { cause },
  );

/**
 * The only operations that a server answers, to the byte. Callers may send the text,
 * or the SHA-256 of it as a persisted query.
 */
export class Safelist {
  private readonly byHash: ReadonlyMap<string, string>;

  constructor(operations: readonly string[]) {
    this.byHash = new Map(operations.map((text) => [sha256(text), text]));
  }

  has(text: string): boolean {
    return this.byHash.has(sha256(text));
  }

  find(hash: string): string | undefined {
    return this.byHash.get(hash);
  }
}

/**
 * Understands what build tools of Apollo write (`operations` with a `body` each) and
 * what Relay’s compiler writes (texts under their hashes). Throws `INVALID_CONFIGURATION`.
 */
export function parseSafelist(text: string): Safelist {
  const operations = textsOf(parseJson(text));
  if (operations.length === 0) throw unreadable('it has no operation');
  return new Safelist(operations);
}

function parseJson(text: string): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw unreadable('it is not JSON', cause);
  }
  if (typeof parsed !== 'object' || parsed === null) throw unreadable('it is not an object');
  return parsed;
}

function textsOf(manifest: object): readonly string[] {
  const bodies: readonly unknown[] =
    'operations' in manifest && Array.isArray(manifest.operations)
      ? manifest.operations.map((entry: { readonly body?: unknown } | null) => entry?.body)
      : Object.values(manifest);
  return bodies.map((body, index) => {
    if (typeof body === 'string') return body;
    throw unreadable(`operation ${index + 1} is no text`);
  });
}
