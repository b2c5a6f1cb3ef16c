import { describe, expect, it } from '@jest/globals';
import { elapsed, stamp, timeOfDay } from './moment.js';
import { cut, printable, wrap } from './printable.js';
import { facts, table } from './table.js';

describe('lengths of time', () => {
  it.each([
    [-5, '0s'],
    [12_900, '12s'],
    [192_000, '3m 12s'],
    [7_500_000, '2h 5m'],
    [349_200_000, '4d 1h'],
  ])('%i ms are %s', (ms, text) => {
    expect(elapsed(ms)).toBe(text);
  });
});

describe('moments', () => {
  it('are UTC to the second in logs', () => {
    expect(stamp('2026-01-05T10:00:01.123Z')).toBe('2026-01-05T10:00:01Z');
  });

  it('are wall-clock time for people who watch', () => {
    expect(timeOfDay('2026-01-05T23:30:00.000Z', 'Europe/Berlin')).toBe('00:30:00');
  });
});

describe('text of others', () => {
  it('loses what could move the cursor or turn the reading order', () => {
    expect(printable('a\u001b[31mb\r\nc\u202ed\u009b2J')).toBe('a [31mb c d 2J');
  });

  it('is cut between characters', () => {
    expect([cut('abc', 3), cut('abcd', 3), cut('a😀b😀', 3), cut('abc', 0)]).toEqual([
      'abc',
      'ab…',
      'a😀…',
      '',
    ]);
  });

  it('is wrapped between words, and cut in the last line', () => {
    expect(wrap('one two three four', 9, 2)).toEqual(['one two', 'three fo…']);
    expect(wrap('unbreakable', 5, 2)).toEqual(['unbr…']);
  });
});

describe('tables', () => {
  it('align their columns by the text that is seen, not by the colours around it', () => {
    const rows = [
      [{ text: 'ready', tone: 'good' as const }, 'x'],
      ['unreachable', 'y'],
    ];
    const shown = table(['STATE', 'NAME'], rows, (_, text) => `<${text}>`);
    expect(shown).toBe('STATE        NAME\n<ready>        x\nunreachable  y\n');
  });

  it('are their head when there is nothing to list', () => {
    expect(table(['NAME', 'AGE'], [])).toBe('NAME  AGE\n');
  });

  it('of one thing leave out what is not known', () => {
    const rows = [
      ['Name', 'eu'],
      ['Reason', undefined],
      ['Since when', 'now'],
    ] as const;
    expect(facts(rows)).toBe('Name:       eu\nSince when: now\n');
  });
});
