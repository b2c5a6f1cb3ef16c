import { expect, it } from '@jest/globals';
import { canonicalJson } from '@spillway/kernel';
import fc from 'fast-check';
import { canonicalJson as writtenApart } from './event-hash.js';

it('writes JSON as the stores do, though it was written apart from them', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => expect(writtenApart(value)).toBe(canonicalJson(value))),
  );
});
