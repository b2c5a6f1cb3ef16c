import { SpillwayError } from '@spillway/sdk';
import { readInput } from '../read-input.js';
import { printable } from '../render/printable.js';
import type { Session } from '../session.js';
import { DocumentRefused } from './document-refused.js';
import { handling, type Kind } from './kinds.js';
import type { Manifest } from './manifest.js';
import { readManifests } from './read-manifests.js';

/**
 * Sends the documents of a file, what others refer to first. It stops at the
 * first that is refused: what follows may need it. A file that cannot be read
 * to its end sends nothing at all.
 */
export async function applyFile(session: Session, path: string, only?: Kind): Promise<void> {
  const file = path === '-' ? 'standard input' : path;
  const manifests = readManifests(await readInput(session.io, path), { file, only });
  const ordered = manifests.toSorted((a, b) => handling[a.kind].turn - handling[b.kind].turn);
  for (const [index, manifest] of ordered.entries()) {
    try {
      await send(session, manifest);
    } catch (thrown) {
      const place = placeOf(file, manifest, thrown);
      throw new DocumentRefused(place, ordered.slice(index + 1), thrown);
    }
  }
}

async function send({ client, printNext }: Session, manifest: Manifest): Promise<void> {
  const { number, kind, name, body } = manifest;
  const { view, outcome } = await handling[kind].send(client, body);
  printNext(
    { document: number, kind, name, outcome, view },
    () => `document ${number}: ${kind} ${printable(name)} ${outcome}\n`,
  );
}

function placeOf(file: string, { number, kind, name, lineOf }: Manifest, thrown: unknown): string {
  const line = lineOf(thrown instanceof SpillwayError ? thrown.field : undefined);
  return `${file}:${line} (document ${number}, ${kind} ${name})`;
}
