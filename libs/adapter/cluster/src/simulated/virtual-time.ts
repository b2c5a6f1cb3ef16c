import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';
import type { Clock } from '@spillway/application';
import { after, earliest, InvariantBroken, type Instant } from '@spillway/kernel';
import type { Cancel, Timers } from './timers.js';

interface Scheduled {
  readonly at: Instant;
  readonly run: () => void;
}

/** Time that stands still until it is told to go on: the same story gives the same moments. */
export class VirtualTime implements Clock, Timers {
  readonly #scheduled = new Set<Scheduled>();
  #now: Instant;

  constructor(start: Instant) {
    this.#now = start;
  }

  now(): Instant {
    return this.#now;
  }

  schedule(at: Instant, run: () => void): Cancel {
    const scheduled = { at, run };
    this.#scheduled.add(scheduled);
    return () => void this.#scheduled.delete(scheduled);
  }

  /** When the next thing runs, for a driver that has other timers to look at. */
  next(): Instant | undefined {
    return earliest([...this.#scheduled].map(({ at }) => at));
  }

  advance(length: number): Promise<void> {
    return this.advanceTo(after(this.#now, length));
  }

  /** Runs what is due on the way, in order; promises get to go on after each. */
  async advanceTo(moment: Instant): Promise<void> {
    if (moment < this.#now) throw new InvariantBroken(`time cannot go back to ${moment}`);
    await turnOfTheEventLoop();
    for (let due = this.#due(moment); due !== undefined; due = this.#due(moment)) {
      this.#scheduled.delete(due);
      if (due.at > this.#now) this.#now = due.at;
      due.run();
      await turnOfTheEventLoop();
    }
    this.#now = moment;
  }

  /** Those of the same moment run in the order in which they were scheduled. */
  #due(moment: Instant): Scheduled | undefined {
    let first: Scheduled | undefined;
    for (const scheduled of this.#scheduled) {
      if (scheduled.at <= moment && (first === undefined || scheduled.at < first.at)) {
        first = scheduled;
      }
    }
    return first;
  }
}
