import { SpillwayError } from '@spillway/sdk';
import { stringify } from 'yaml';
import { complaint } from './error-text.js';
import type { ExitCode } from './exit-code.js';
import { DocumentRefused } from './manifest/document-refused.js';

/** The same as the text, for programs: `{"error": …}` in a line, or as YAML. */
export function errorRecord(thrown: unknown, exitCode: ExitCode, format: 'json' | 'yaml'): string {
  const { message, ...rest } = complaint(thrown);
  const record = { error: { message, ...rest, ...ofServer(thrown), exitCode } };
  return format === 'json' ? `${JSON.stringify(record)}\n` : stringify(record, { lineWidth: 0 });
}

/** What the server said beyond words. */
function ofServer(thrown: unknown): object {
  if (thrown instanceof DocumentRefused) return ofServer(thrown.cause);
  if (!(thrown instanceof SpillwayError)) return {};
  const { code, status, errors, docs, requestId } = thrown;
  return { code, status, errors, docs, request: requestId };
}
