import { instant, type Instant } from '@spillway/kernel';
import { weekdays, type FreezeTimes } from './freeze-window.js';
import { clockChanges, momentsShowing, shownAt, wallClockAt } from './wall-clock.js';

type Weekly = Extract<FreezeTimes, { kind: 'weekly' }>;

/** Whether the window is in force at this moment. */
export const isInForce = (times: FreezeTimes, at: Instant): boolean =>
  times.kind === 'once' ? times.from <= at && at < times.to : isShown(times, at);

function isShown({ days, from, to, timeZone }: Weekly, at: Instant): boolean {
  const { weekday, minutes } = wallClockAt(at, timeZone);
  const begins = (back: number): boolean => {
    const name = weekdays[(weekday + 7 - back) % 7];
    return name !== undefined && days.includes(name);
  };
  if (to > from) return begins(0) && from <= minutes && minutes < to;
  return (begins(0) && from <= minutes) || (begins(1) && minutes < to);
}

/**
 * When it begins or ends next, later than `at`; `undefined` when it never does. Days that follow
 * each other are one time: a weekend ends on Monday.
 */
export function nextChange(times: FreezeTimes, at: Instant): Instant | undefined {
  const now = isInForce(times, at);
  const moments = times.kind === 'once' ? [times.from, times.to] : momentsOf(times, at);
  return moments
    .filter((moment) => moment > at)
    .sort((a, b) => a - b)
    .find((moment) => isInForce(times, moment) !== now);
}

const day = 86_400_000;

/** A week repeats itself, but for clocks that are set and for days that a place left out. */
const horizon = 16;

/** Every moment in the next weeks at which it may begin or end. */
function momentsOf({ from, to, timeZone }: Weekly, at: Instant): readonly Instant[] {
  const today = Math.floor(shownAt(at, timeZone) / day);
  const dates = Array.from({ length: horizon }, (_, i) => (today - 1 + i) * day);
  return [
    ...dates.flatMap((date) =>
      [from, to].flatMap((minutes) => momentsShowing(instant(date + minutes * 60_000), timeZone)),
    ),
    ...clockChanges(at, instant(at + horizon * day), timeZone),
  ];
}
