import { setTimeout as sleep } from 'node:timers/promises';
import { duration, type Duration } from '@spillway/kernel';
import { ApiRefusal } from './failure.js';

/** What is owed to a lost cluster is to be written within a second of its return. */
const every = duration(250);

/**
 * Asks a server that is gone again and again whether it is back. It is one small call, where each watch
 * would ask for everything: those may wait for longer and longer between their own tries.
 */
export class ServerReturn {
  private readonly waiting = new Set<() => void>();
  private isAsking = false;
  private wasGone = false;

  /** `askReady` rejects with `ApiRefusal`, or as connections do. */
  constructor(private readonly askReady: () => Promise<unknown>) {}

  /** Waits so long, or until the server is back: whether it is. Never rejects; ends when the signal is aborted. */
  async within(wait: Duration, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    const over = new AbortController();
    let isBack = false;
    const told = (): void => {
      isBack = true;
      over.abort();
    };
    const givenUp = (): void => over.abort();
    signal.addEventListener('abort', givenUp);
    this.waiting.add(told);
    if (wait > every) void this.ask();
    await sleep(wait, undefined, { signal: over.signal }).catch(() => undefined);
    this.waiting.delete(told);
    signal.removeEventListener('abort', givenUp);
    return isBack;
  }

  /** Once at a time, while somebody waits and there is no answer. */
  private async ask(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    while (this.waiting.size > 0 && (await this.isGone())) {
      await sleep(every, undefined, { ref: false });
    }
    this.isAsking = false;
  }

  /** A server that was there all the time has other reasons not to answer a watch, which go on. */
  private async isGone(): Promise<boolean> {
    try {
      await this.askReady();
      if (this.wasGone) for (const tell of this.waiting) tell();
      this.wasGone = false;
    } catch (error) {
      this.wasGone = !(error instanceof ApiRefusal) || error.status >= 500;
    }
    return this.wasGone;
  }
}
