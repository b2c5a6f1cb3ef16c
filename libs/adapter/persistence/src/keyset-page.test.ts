import { describe, expect, it } from '@jest/globals';
import { isNameKey, keyAfter, toPage } from './keyset-page.js';

const self = (name: string) => name;
const pageOf = (rows: readonly string[], limit: number) =>
  toPage(rows, { limit }, (name) => [name], self);

describe('a page', () => {
  it('shows no more than its limit and says where to go on', () => {
    const page = pageOf(['a', 'ü/ -', 'c'], 2);
    expect(page.items).toEqual(['a', 'ü/ -']);
    expect(keyAfter(page.next, isNameKey)).toEqual(['ü/ -']);
    expect(page.cursors.map((cursor) => keyAfter(cursor, isNameKey))).toEqual([['a'], ['ü/ -']]);
  });

  it('is the last when nothing is left after it', () => {
    const page = pageOf(['a', 'b'], 2);
    expect([page.items, page.next]).toEqual([['a', 'b'], undefined]);
    expect(pageOf([], 2)).toEqual({ items: [], cursors: [] });
  });
});

describe('a cursor', () => {
  it('is absent for the first page', () => {
    expect(keyAfter(undefined, isNameKey)).toBeUndefined();
  });

  it.each([
    '',
    'x',
    '%%%',
    Buffer.from('{"a":1}').toString('base64url'),
    Buffer.from('[1]').toString('base64url'),
  ])('is refused with what it was when it is none: "%s"', (cursor) => {
    expect(() => keyAfter(cursor, isNameKey)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: expect.stringContaining(`"${cursor}"`),
      }),
    );
  });

  it('is refused when it is one of another list', () => {
    const { next = '' } = toPage(['a', 'b'], { limit: 1 }, (name) => [name, name], self);
    expect(() => keyAfter(next, isNameKey)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});
