import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerEvents } from 'graphile-worker';

/** Much longer than workers need to leave once their last job is done. */
const patienceMs = 2_000;

/**
 * When workers that gave up should have been gone. graphile-worker 0.17 counts what it
 * has still to note of finished jobs: when that fails for several, as with a database
 * that goes away, its sum falls below zero, and it waits for zero for ever. Its
 * workers take no job by then, so once theirs are done they may be left behind.
 */
export class Overdue {
  readonly passed: Promise<void>;
  private running = 0;

  constructor(
    events: WorkerEvents,
    private readonly pause = (): Promise<unknown> => sleep(patienceMs, undefined, { ref: false }),
  ) {
    this.passed = new Promise((resolve) => {
      events.once('pool:gracefulShutdown', () => resolve(this.pass()));
    });
  }

  /** What they are waited for. */
  async during(job: Promise<void>): Promise<void> {
    this.running += 1;
    try {
      await job;
    } finally {
      this.running -= 1;
    }
  }

  private async pass(): Promise<void> {
    do await this.pause();
    while (this.running > 0);
  }
}
