import { describe as group, expect, it } from '@jest/globals';
import { follow, parsePointer } from './json-pointer.js';

const document = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
};

group('a JSON pointer', () => {
  it.each([
    ['', document],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
  ])('%j leads where RFC 6901 says', (pointer, value) => {
    expect(follow(document, parsePointer(pointer) ?? ['no pointer'])).toEqual({
      kind: 'found',
      value,
    });
  });

  it('reads ~01 as ~1, not as a slash', () => {
    expect(parsePointer('/~01')).toEqual(['~1']);
  });

  it.each(['foo', 'foo/bar', '/a~2', '/a~', '$.foo'])('is not %j', (text) => {
    expect(parsePointer(text)).toBeUndefined();
  });

  it.each(['/foo/2', '/foo/10'])('leads to nothing behind the end of a list: %s', (pointer) => {
    expect(follow(document, parsePointer(pointer) ?? [])).toEqual({ kind: 'nothing' });
  });

  it('leads to nothing below null', () => {
    expect(follow({ data: null }, ['data', 'value'])).toEqual({ kind: 'nothing' });
  });

  it.each([
    ['/fooo', '/fooo', 'an object with foo, , a/b, c%d, e^f, g|h, i\\j, k"l,  , m~n'],
    ['/foo/-', '/foo/-', 'a list of 2'],
    ['/foo/01', '/foo/01', 'a list of 2'],
    ['/foo/0/x/y', '/foo/0/x', '"bar"'],
    ['/toString', '/toString', expect.stringContaining('an object')],
  ])('goes astray at %s, and says what is there', (pointer, at, there) => {
    expect(follow(document, parsePointer(pointer) ?? [])).toEqual({ kind: 'astray', at, there });
  });
});
