import { duration, type Duration, type Instant } from '@spillway/kernel';

/** Someone who restarts an API server waits for us; after a minute nobody does. */
const patience = 60_000;
const first = 100;
const capEarly = 1_000;
const capLate = 15_000;

/**
 * How long to wait before the next try. `chance` is from [0, 1): half of the
 * wait is left to it, so that links to one server do not come back in step.
 */
export function backOff(
  failures: number,
  failingSince: Instant,
  now: Instant,
  chance: number,
): Duration {
  const cap = now - failingSince < patience ? capEarly : capLate;
  const full = Math.min(cap, first * 2 ** Math.min(failures - 1, 20));
  return duration(Math.round(full * (0.5 + chance / 2)));
}
