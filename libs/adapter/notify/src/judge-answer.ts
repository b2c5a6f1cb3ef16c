import type { OutgoingAnswer, SendFault, SendOutcome } from '@spillway/application';
import { duration, type Duration } from '@spillway/kernel';
import type { OpenedSecrets } from './opened-secrets.js';

/** Of which kind a refusal is depends on who refuses. */
export interface Judging {
  /** Who it is, for a person: `Slack`, `it`. */
  readonly who: string;
  readonly secrets: OpenedSecrets;
  /** The vendor's own word in a refusal, such as `invalid_payload`. */
  readonly word?: (body: string) => string | undefined;
  /** Words that mean that there will never be anybody at this address. */
  readonly gone?: readonly string[];
}

/** These say that the message is wrong, and not who sent it. */
const messageFaults: ReadonlySet<number> = new Set([400, 409, 413, 415, 422]);

/** What became of a call. The body of an answer is not repeated, but for a vendor's own word. */
export function judgeAnswer(answer: OutgoingAnswer, judging: Judging): SendOutcome {
  if (answer.kind !== 'answered') {
    const isSafe = !judging.secrets.isIn(answer.reason);
    const because = isSafe ? answer.reason : 'the call could not be made';
    return { kind: 'failed', fault: 'endpoint', because };
  }
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return { kind: 'sent', status };
  const word = safeWord(answer.body, judging);
  const asked = retryAfter(headers['retry-after']);
  return {
    kind: 'failed',
    status,
    fault: faultOf(status, word, judging),
    because: `${judging.who} answered ${status}${explain(status, word)}`,
    ...(asked === undefined ? {} : { after: asked }),
  };
}

function faultOf(status: number, word: string | undefined, { gone = [] }: Judging): SendFault {
  if (status === 410 || (word !== undefined && gone.includes(word))) return 'gone';
  return messageFaults.has(status) ? 'message' : 'endpoint';
}

function explain(status: number, word: string | undefined): string {
  if (word !== undefined) return `: ${word}`;
  return status >= 300 && status < 400 ? ', and redirects are not followed' : '';
}

function safeWord(body: string, { word, secrets }: Judging): string | undefined {
  const found = word?.(body);
  return found === undefined || secrets.isIn(found) ? undefined : found;
}

/** In seconds, or as a date. */
export function retryAfter(header: string | undefined, now = Date.now()): Duration | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}(?:\.\d+)?$/.test(header)) return duration(Number(header) * 1_000);
  // Numbers that are not lengths would be read as years.
  const date = /^[A-Za-z]/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : duration(Math.max(0, date - now));
}
