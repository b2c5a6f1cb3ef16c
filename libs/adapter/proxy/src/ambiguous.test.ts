import { expect, it } from '@jest/globals';
import { ambiguous } from './ambiguous.js';

it.each([
  ['names that end alike', ['web-1.demo-1', 'xweb-1.demo-12'], ['web-1.demo-1', 'xweb-1.demo-12']],
  ['a proxy that is connected twice', ['gw.a-3', 'gw.a-31'], ['gw.a-3', 'gw.a-31']],
  ['other counters', ['web-1.demo-2', 'xweb-1.demo-12'], undefined],
  ['other namespaces', ['web-1.demo-1', 'web-1.demo2-12'], undefined],
  ['no proxies', [], undefined],
])('finds %s', (_, ids, expected) => {
  expect(ambiguous(ids)).toEqual(expected);
  expect(ambiguous(ids.toReversed())).toEqual(expected);
});

it('agrees with what istiod does, whatever the ids are', () => {
  const parts = ['a', 'b', 'ab', 'ba.a'];
  const ids = parts.flatMap((pod) =>
    ['a', 'b'].flatMap((ns) => [1, 12].map((n) => `${pod}.${ns}-${n}`)),
  );
  for (const one of ids) {
    for (const other of ids) {
      const isIn = one !== other && (other.includes(one) || one.includes(other));
      expect(ambiguous([one, other]) !== undefined).toBe(isIn);
    }
  }
});
