import { InvariantBroken, after, type Instant } from '@spillway/kernel';
import type { Clock } from '../../port/clock.js';
import { InOrder } from './in-order.js';

interface Timer {
  readonly at: Instant;
  readonly place: number;
  readonly action: () => void;
}

/** Lets everything go on that waits for nothing but promises already kept. */
export const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/**
 * Time that passes only when a test says so. Timers fire in the order of their
 * moments, then as they were set, and what they set off comes to rest before
 * the next one fires: the same test always runs the same way.
 */
export class VirtualClock implements Clock {
  private readonly timers = new InOrder<Timer>((a, b) => a.at - b.at || a.place - b.place);
  private places = 0;

  constructor(private current: Instant) {}

  now(): Instant {
    return this.current;
  }

  /** Calls `action` when time comes to `at`; on the next advance when that has passed. Returns how to cancel. */
  schedule(at: Instant, action: () => void): () => void {
    const timer = { at, action, place: (this.places += 1) };
    this.timers.add(timer);
    return () => this.timers.remove(timer);
  }

  sleepUntil(at: Instant): Promise<void> {
    return new Promise((resolve) => void this.schedule(at, resolve));
  }

  /** The moment of the next timer. */
  nextTimer(): Instant | undefined {
    return this.timers.first?.at;
  }

  advance(length: number): Promise<void> {
    return this.advanceTo(after(this.current, length));
  }

  /** Passes the time to `to` and fires every timer on the way, also those that are set on the way. */
  async advanceTo(to: Instant): Promise<void> {
    if (to < this.current) throw new InvariantBroken(`time cannot go back to ${to}`);
    await settle();
    for (let timer = this.timers.first; timer !== undefined && timer.at <= to;) {
      this.timers.remove(timer);
      if (timer.at > this.current) this.current = timer.at;
      timer.action();
      await settle();
      timer = this.timers.first;
    }
    this.current = to;
  }
}
