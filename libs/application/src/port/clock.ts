import type { Instant } from '@spillway/kernel';

/** A process's own time: for time-outs and for what was seen in a watch; timers of releases use `Tx.now`. */
export interface Clock {
  now(): Instant;
}
