import type { NewSource, SourceConnection } from '@spillway/application';
import { ok, sourceName, type Refusal, type Result } from '@spillway/kernel';
import { parse } from '../schema/parse.js';
import { toDuration } from '../schema/scalars.js';
import type { ParsedConnection } from './connection-document.js';
import { sourceDocument } from './source-document.js';

/** A source document, as it came, to what `putSource` takes. */
export function toNewSource(input: unknown): Result<NewSource, Refusal> {
  const parsed = parse(sourceDocument, input);
  if (!parsed.ok) return parsed;
  const { name, connection, timeout } = parsed.value;
  return ok({
    name: sourceName(name),
    connection: toConnection(connection, toDuration(timeout)),
  });
}

/** Kind by kind, the compiler has held the documents against the connection; here it cannot. */
function toConnection(connection: ParsedConnection, timeoutMs: number): SourceConnection {
  const [[kind, fields] = []] = Object.entries(connection);
  return { kind, timeoutMs, ...(fields as object) } as SourceConnection;
}
