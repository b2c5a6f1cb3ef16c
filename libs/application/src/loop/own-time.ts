import { duration, type Duration } from '@spillway/kernel';

/** So long counts what takes a turn of the event loop, however long the turn. */
const beat = 25;

/** Ends with an error once the signal is given. */
export type Pause = (length: Duration, signal: AbortSignal) => Promise<void>;

/**
 * Time in which this process could have noticed what came. A busy event loop sees an answer late, and
 * its timers as well: counted in short pauses, its own lateness is not taken for that of others.
 */
export class OwnTime {
  /** In ms. */
  passed = 0;

  constructor(private readonly pause: Pause) {}

  /** Waits until it is done, or so much has passed in all. */
  async until(done: Promise<unknown>, passed: number): Promise<void> {
    const over = new AbortController();
    let isDone = false;
    const end = done.then(() => (isDone = true));
    while (this.passed < passed) {
      await Promise.race([end, this.pause(duration(beat), over.signal)]);
      if (isDone) break;
      this.passed += beat;
    }
    over.abort();
  }
}
