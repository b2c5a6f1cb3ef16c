import type { Instant } from '@spillway/kernel';
import type { ReleaseFact } from './event.js';

/** What happens now, or until when nothing does; always with the reason. */
export type Decision =
  | { readonly kind: 'do'; readonly fact: ReleaseFact; readonly because: string }
  | {
      readonly kind: 'wait';
      readonly because: string;
      /** When to look again though nothing changed. Absent: only a change moves it. */
      readonly wakeUp?: Instant;
      /** The hook whose answer it waits for, and which is to be called now. */
      readonly asks?: string;
    };

export const act = (fact: ReleaseFact, because: string): Decision => ({
  kind: 'do',
  fact,
  because,
});

export const wait = (because: string, wakeUp?: Instant): Decision => ({
  kind: 'wait',
  because,
  ...(wakeUp === undefined ? {} : { wakeUp }),
});
