import type { Check, Remark } from '../rule.js';
import { refused, refusedByServer, rules } from '../rule.js';
import type { Spot } from '../spot.js';
import { parseDuration } from '../syntax/duration.js';

export const durationRules = rules({
  DURATION_UNREADABLE: refusedByServer('A text is not a duration.', {
    next: 'Write a number with a unit, such as 250ms, 5s or 1h30m.',
  }),
  DURATION_TOO_SHORT: refusedByServer('A duration is below 1 ms.', {
    next: 'Write at least 1ms, or leave the field out to have none.',
  }),
  DURATION_TOO_FINE: refused('A duration is not a whole number of milliseconds.', {
    without: 'it is stored and rounded',
    next: 'Round it to whole milliseconds.',
  }),
});

const millisecond = 1e6;

/** A duration of at least a millisecond, in whole milliseconds. */
export const duration: Check = (spot) => check(spot, { zeroIsOff: false });

/** A duration in which 0 switches something off. */
export const durationOrOff: Check = (spot) => check(spot, { zeroIsOff: true });

/** A duration of which nobody asks more than that it can be read. */
export function* readableDuration(spot: Spot): Iterable<Remark> {
  if (typeof spot.value !== 'string' || parseDuration(spot.text) !== undefined) return;
  yield durationRules.DURATION_UNREADABLE.on(
    spot,
    `${JSON.stringify(spot.text)} is not a duration.`,
  );
}

function* check(spot: Spot, { zeroIsOff }: { readonly zeroIsOff: boolean }): Iterable<Remark> {
  yield* readableDuration(spot);
  const nanos = parseDuration(spot.text);
  if (nanos === undefined || (zeroIsOff && nanos === 0)) return;
  if (nanos < millisecond) {
    yield durationRules.DURATION_TOO_SHORT.on(spot, `${spot.text} is below 1ms.`);
  } else if (nanos % millisecond !== 0) {
    yield durationRules.DURATION_TOO_FINE.on(
      spot,
      `${spot.text} is not a whole number of milliseconds.`,
    );
  }
}
