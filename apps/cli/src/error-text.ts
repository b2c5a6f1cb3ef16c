import { SpillwayError, SpillwayUnreachable, WaitTimedOut } from '@spillway/sdk';
import { DocumentRefused } from './manifest/document-refused.js';
import { printable } from './render/printable.js';
import { UsageError } from './usage-error.js';

interface Complaint {
  readonly message: string;
  readonly at?: string | undefined;
  readonly field?: string | undefined;
  readonly next?: string | undefined;
  readonly request?: string | undefined;
  readonly left?: string | undefined;
}

/** What goes to stderr: what is wrong, where, and what can be done. Never a stack. */
export function errorText(thrown: unknown): string {
  const { message, ...rest } = complaint(thrown);
  const lines = Object.entries(rest).flatMap(([label, text]) =>
    text === undefined ? [] : [`  ${`${label}:`.padEnd(9)}${printable(text)}`],
  );
  return `${[`spillway: ${printable(message)}`, ...lines].join('\n')}\n`;
}

/** What is wrong, in parts. */
export function complaint(thrown: unknown): Complaint {
  if (thrown instanceof DocumentRefused) {
    const { message, ...rest } = complaint(thrown.cause);
    return { message, at: thrown.place, ...rest, left: unsent(thrown) };
  }
  if (thrown instanceof SpillwayError) return refusal(thrown);
  if (thrown instanceof UsageError) return { message: thrown.message, next: thrown.next };
  if (thrown instanceof SpillwayUnreachable) {
    const [message = '', next] = thrown.message.split(/(?<=\.) (?=Check )/);
    return { message, next: `${next ?? ''} --url and SPILLWAY_URL say where it is.`.trim() };
  }
  if (thrown instanceof WaitTimedOut) {
    return { message: thrown.message, next: 'Wait again, or see "spillway release explain".' };
  }
  return { message: thrown instanceof Error ? thrown.message : String(thrown) };
}

/** The request’s id helps where the server’s log is the next place to look. */
function refusal({ status, detail, field, next, requestId }: SpillwayError): Complaint {
  const request = status >= 500 ? requestId : undefined;
  const token =
    status === 401 ? ' Set SPILLWAY_TOKEN to a token of this server. Or run "spillway login".' : '';
  return { message: detail, field, next: next + token, request };
}

function unsent({ left }: DocumentRefused): string | undefined {
  if (left.length === 0) return undefined;
  const documents = left.map(({ number, kind, name }) => `${number} (${kind} ${name})`);
  return `not sent any more: document ${documents.join(', ')}`;
}
