import { isTold, type Hook, type HookOutcome } from '@spillway/domain-release';
import type { OutgoingAnswer } from '../../port/outgoing.js';

/** What an answer means to the release. */
export interface Outcome {
  readonly state: HookOutcome;
  readonly status?: number;
  /** For a person; `it answered 403: Forbidden`. */
  readonly detail: string;
  /** Another attempt may bring something else. */
  readonly isPassing: boolean;
}

/** Of what a hook says, as much as somebody reads. */
const maxWords = 300;

export function outcomeOf(hook: Hook, answer: OutgoingAnswer): Outcome {
  switch (answer.kind) {
    case 'refused':
      return unanswered(`it was not called: ${answer.reason}`);
    case 'failed':
      return { ...unanswered(`it did not answer: ${answer.reason}`), isPassing: true };
    case 'answered': {
      const { status, body } = answer;
      return {
        state: agrees(hook, status) ? 'open' : 'closed',
        status,
        detail: `it answered ${status}${saying(hook, status, body)}`,
        isPassing: status === 429 || (status >= 500 && status !== 501),
      };
    }
  }
}

/** Nobody was called: what that needs is not there. */
export const unanswered = (detail: string): Outcome => ({
  state: 'unanswered',
  detail,
  isPassing: false,
});

/** As Flagger has it, 200, 201 and 202 agree. Who is only told may answer any 2xx. */
const agrees = (hook: Hook, status: number): boolean =>
  status >= 200 && status <= (isTold(hook) ? 299 : 202);

function saying(hook: Hook, status: number, body: string): string {
  const words = body
    .replaceAll(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, maxWords);
  if (words !== '') return `: ${words}`;
  if (status >= 300 && status < 400) return ', a redirect, and none is followed';
  return status > 202 && status < 300 && !isTold(hook) ? '; only 200, 201 and 202 agree' : '';
}
