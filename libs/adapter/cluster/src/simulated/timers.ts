import type { Clock } from '@spillway/application';
import type { Instant } from '@spillway/kernel';

/** Takes back what was scheduled; no effect once it has run. */
export type Cancel = () => void;

/** Runs things later, on the same time that a `Clock` shows. */
export interface Timers {
  /** Runs it once at the moment, or as soon as possible when that has passed. Never at once. */
  schedule(at: Instant, run: () => void): Cancel;
}

/** The process's own timers. They do not keep it alive. */
export function processTimers(clock: Clock): Timers {
  return {
    schedule(at, run) {
      const timer = setTimeout(run, Math.max(0, at - clock.now()));
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
