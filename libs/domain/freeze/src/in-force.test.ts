import { describe, expect, it } from '@jest/globals';
import { after, instant, type Instant } from '@spillway/kernel';
import fc from 'fast-check';
import { weekdays, type FreezeTimes } from './freeze-window.js';
import { isInForce, nextChange } from './in-force.js';

type Weekly = Extract<FreezeTimes, { kind: 'weekly' }>;
const at = (text: string): Instant => instant(Date.parse(text));
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const weekly = (
  days: Weekly['days'],
  from: number,
  to: number,
  timeZone = 'Europe/Berlin',
): Weekly => ({ kind: 'weekly', days, from: from * 60, to: to * 60, timeZone });
const textOf = (moment: Instant | undefined): string | undefined =>
  moment === undefined ? undefined : new Date(moment).toISOString();
const changeAfter = (times: FreezeTimes, text: string) => textOf(nextChange(times, at(text)));

describe('a window that comes once', () => {
  const times = {
    kind: 'once',
    from: at('2026-12-24T12:00Z'),
    to: at('2026-12-27T00:00Z'),
  } as const;

  it('is in force from its beginning until just before its end', () => {
    const moments = [times.from - 1, times.from, times.to - 1, times.to];
    expect(moments.map((one) => isInForce(times, instant(one)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('changes twice and never again', () => {
    expect(nextChange(times, at('2026-01-01T00:00Z'))).toBe(times.from);
    expect(nextChange(times, times.from)).toBe(times.to);
    expect(nextChange(times, times.to)).toBeUndefined();
  });
});

describe('a window of the week', () => {
  it('is told by the clocks of its place', () => {
    const night = weekly(['mon'], 18, 20);
    expect(isInForce(night, at('2026-01-05T17:00Z'))).toBe(true);
    expect(isInForce(night, at('2026-07-06T16:00Z'))).toBe(true);
    expect(isInForce(night, at('2026-07-06T18:00Z'))).toBe(false);
  });

  it('that ends before it begins ends on the next day', () => {
    const night = weekly(['fri'], 18, 8);
    expect(isInForce(night, at('2026-01-10T06:59Z'))).toBe(true);
    expect(isInForce(night, at('2026-01-10T07:00Z'))).toBe(false);
    expect(isInForce(night, at('2026-01-09T06:00Z'))).toBe(false);
    expect(changeAfter(night, '2026-01-09T18:00Z')).toBe('2026-01-10T07:00:00.000Z');
  });

  it('is one time where its days touch', () => {
    const weekend = weekly(['sat', 'sun'], 0, 24);
    expect(changeAfter(weekend, '2026-01-10T12:00Z')).toBe('2026-01-11T23:00:00.000Z');
    expect(changeAfter(weekend, '2026-01-12T12:00Z')).toBe('2026-01-16T23:00:00.000Z');
  });

  it('that is every day and all day never changes', () => {
    expect(nextChange(weekly(weekdays, 0, 24), at('2026-01-10T12:00Z'))).toBeUndefined();
    expect(nextChange(weekly(weekdays, 9, 9), at('2026-01-10T12:00Z'))).toBeUndefined();
  });
});

describe('when clocks are set', () => {
  it('a day is shorter in spring and longer in autumn, and the window with it', () => {
    const sunday = weekly(['sun'], 0, 24);
    expect(changeAfter(sunday, '2026-03-28T23:00Z')).toBe('2026-03-29T22:00:00.000Z');
    expect(changeAfter(sunday, '2026-10-24T22:00Z')).toBe('2026-10-25T23:00:00.000Z');
  });

  it('a time that is left out does not come', () => {
    const lost = { ...weekly(['sun'], 0, 0), from: 2 * 60, to: 2 * 60 + 30 };
    expect(changeAfter(lost, '2026-03-28T12:00Z')).toBe('2026-04-05T00:00:00.000Z');
  });

  it('a beginning that is left out is when the clock is set', () => {
    const early = { ...weekly(['sun'], 0, 6), from: 2 * 60 + 30 };
    expect(changeAfter(early, '2026-03-28T12:00Z')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('a time that is shown twice comes twice', () => {
    const twice = { ...weekly(['sun'], 2, 0), to: 2 * 60 + 30 };
    const begin = '2026-10-25T00:00:00.000Z';
    expect(changeAfter(twice, '2026-10-24T12:00Z')).toBe(begin);
    expect(changeAfter(twice, begin)).toBe('2026-10-25T00:30:00.000Z');
    expect(changeAfter(twice, '2026-10-25T00:30Z')).toBe('2026-10-25T01:00:00.000Z');
    expect(changeAfter(twice, '2026-10-25T01:00Z')).toBe('2026-10-25T01:30:00.000Z');
  });

  it('a day that a place left out is skipped', () => {
    // Samoa went from Thursday to Saturday at the end of 2011.
    const friday = weekly(['fri'], 9, 17, 'Pacific/Apia');
    expect(changeAfter(friday, '2011-12-29T12:00Z')).toBe('2012-01-05T19:00:00.000Z');
  });
});

const someZone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Africa/Casablanca',
);
const someTimes = fc.record({
  kind: fc.constant('weekly' as const),
  days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1, maxLength: 7 }),
  from: fc.integer({ min: 0, max: 1_439 }),
  to: fc.integer({ min: 0, max: 1_440 }),
  timeZone: someZone,
});
const someMoment = fc
  .integer({ min: Date.UTC(2010, 0), max: Date.UTC(2035, 0) })
  .map((ms) => instant(ms));

/** Around the days on which clocks are set most often, where mistakes would be. */
const someEdge = fc
  .tuple(
    fc.constantFrom(
      '2026-03-08',
      '2026-03-29',
      '2026-04-05',
      '2026-10-04',
      '2026-10-25',
      '2026-11-01',
    ),
    fc.integer({ min: -3 * day, max: 3 * day }),
  )
  .map(([date, shift]) => instant(Date.parse(`${date}T00:00Z`) + shift));

describe('the next change', () => {
  it('is the first moment at which the state is another one', () => {
    fc.assert(
      fc.property(
        someTimes,
        fc.oneof(someMoment, someEdge),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
          minLength: 12,
          maxLength: 12,
        }),
        (times, now, places) => {
          const state = isInForce(times, now);
          const next = nextChange(times, now);
          const end = next ?? after(now, 15 * day);
          if (next !== undefined) {
            expect(next).toBeGreaterThan(now);
            expect(isInForce(times, next)).toBe(!state);
            expect(isInForce(times, instant(next - 1))).toBe(state);
          }
          for (const place of places) {
            expect(isInForce(times, instant(Math.floor(now + place * (end - 1 - now))))).toBe(
              state,
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('agrees with reckoning where clocks are never set', () => {
    const utc = someTimes.map((times) => ({ ...times, timeZone: 'UTC' }));
    fc.assert(
      fc.property(utc, someMoment, ({ days, from, to, ...rest }, moment) => {
        const spans = [-1, 0].map((shift) => {
          const midnight = Math.floor(moment / day) * day + shift * day;
          const name = weekdays[new Date(midnight).getUTCDay()];
          const begin = midnight + from * minute;
          const end = midnight + to * minute + (to <= from ? day : 0);
          return name !== undefined && days.includes(name) && begin <= moment && moment < end;
        });
        expect(isInForce({ days, from, to, ...rest }, moment)).toBe(spans.includes(true));
      }),
      { numRuns: 500 },
    );
  });
});
