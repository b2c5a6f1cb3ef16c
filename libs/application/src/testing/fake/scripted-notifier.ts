import type { Notifier, OutgoingNotice, SendOutcome } from '../../port/notifier.js';

/** Delivers as a test dictates, and remembers what it was given. */
export class ScriptedNotifier implements Notifier {
  readonly given: OutgoingNotice[] = [];

  /** From now on, for every endpoint. */
  behave: (notice: OutgoingNotice) => SendOutcome = () => ({ kind: 'sent', status: 200 });

  send(notice: OutgoingNotice): Promise<SendOutcome> {
    this.given.push(notice);
    return Promise.resolve(this.behave(notice));
  }
}
