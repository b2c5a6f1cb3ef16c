import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

describe('canonical JSON', () => {
  it('sorts keys by code units at every depth and writes no spaces', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 'ü' }], Z: null, a: true })).toBe(
      '{"Z":null,"a":true,"b":[{"a":"ü","z":1}]}',
    );
  });

  it('leaves out members that are undefined', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %p, which JSON cannot say', (value) => {
    expect(() => canonicalJson({ value })).toThrow('cannot be written as JSON');
  });

  it('stays the same when the value was read back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});
