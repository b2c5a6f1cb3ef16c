import { instant, type Instant } from '@spillway/kernel';

/** What a clock on a wall shows. */
export interface WallClock {
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Whole minutes after midnight. */
  readonly minutes: number;
}

/** Time zones are slow to make and never change while a process runs. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(timeZone, made);
  return made;
}

/** Whether there is such a time zone: an IANA name, and no bare offset, which knows no summer. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    clockOf(name);
    return true;
  } catch {
    return false;
  }
}

/** What the wall clock shows, as the moment at which a clock in Greenwich shows the same. */
export function shownAt(at: Instant, timeZone: string): Instant {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return instant(
    Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    ),
  );
}

const minute = 60_000;
const day = 1_440 * minute;

export function wallClockAt(at: Instant, timeZone: string): WallClock {
  const shown = shownAt(at, timeZone);
  // 1970-01-01 was a Thursday.
  const days = Math.floor(shown / day);
  return {
    weekday: (((days + 4) % 7) + 7) % 7,
    minutes: Math.floor((shown - days * day) / minute),
  };
}

/** How far the wall clock is ahead of Greenwich. */
const aheadAt = (at: Instant, timeZone: string): number =>
  shownAt(at, timeZone) - Math.floor(at / 1_000) * 1_000;

/** The moments at which the wall clock shows this: one, two in autumn, or none in spring. */
export function momentsShowing(shown: Instant, timeZone: string): readonly Instant[] {
  const around = [-day, day].map((shift) => aheadAt(instant(shown + shift), timeZone));
  return [...new Set(around)]
    .map((ahead) => instant(shown - ahead))
    .filter((at) => shownAt(at, timeZone) === shown);
}

/** The moments, later than `from` and at most at `to`, at which the wall clock is set to another time. */
export function clockChanges(from: Instant, to: Instant, timeZone: string): readonly Instant[] {
  const found: Instant[] = [];
  for (let begin = from; begin < to; begin = instant(Math.min(begin + day, to))) {
    const end = instant(Math.min(begin + day, to));
    const change = changeBetween(begin, end, timeZone);
    if (change !== undefined) found.push(change);
  }
  return found;
}

/** Clocks are set at most once a day. */
function changeBetween(from: Instant, to: Instant, timeZone: string): Instant | undefined {
  const before = aheadAt(from, timeZone);
  if (aheadAt(to, timeZone) === before) return undefined;
  let low = Math.floor(from / 1_000);
  let high = Math.ceil(to / 1_000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (aheadAt(instant(middle * 1_000), timeZone) === before) low = middle;
    else high = middle;
  }
  return instant(high * 1_000);
}
