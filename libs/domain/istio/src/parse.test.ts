import { describe, expect, it } from '@jest/globals';
import { basisPoints, generation, version } from '@spillway/kernel';
import fc from 'fast-check';
import { liveGeneration, parseSplit, subsetsOf } from './parse.js';
import { renderDestinationRule, renderVirtualService } from './render/render.js';
import { generationAnnotation } from './render/routing-name.js';
import { aLiveObject, aTraffic } from './testing/index.js';

const live = (spec: unknown) => aLiveObject(renderVirtualService(aTraffic()), { spec });
const to = (subset: string, weight?: unknown) => ({
  destination: { host: 'h', subset },
  ...(weight === undefined ? {} : { weight }),
});
const sharesOf = (...route: unknown[]) => {
  const split = parseSplit(live({ http: [{ route }] }));
  return split && Object.fromEntries(split.shares);
};

it('reads back every split that is rendered, with its generation', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), fc.nat(), (weight, number) => {
      const traffic = aTraffic({
        exposure: { weight: basisPoints(weight) },
        generation: generation(number),
      });
      const split = parseSplit(aLiveObject(renderVirtualService(traffic)));
      expect(split?.generation).toBe(number);
      expect(split?.shares.get('v2') ?? 0).toBe(weight);
      expect(split?.shares.get('v1') ?? 0).toBe(10_000 - weight);
    }),
    { numRuns: 2_000 },
  );
});

describe('the split that proxies make of what somebody wrote', () => {
  it.each([
    ['a single destination takes all, whatever its weight', [to('a', 0)], { a: 10_000 }],
    ['weights are shares of their sum', [to('a', 550), to('b', 500)], { a: 5_238, b: 4_762 }],
    ['a missing weight is none', [to('a'), to('b', 7)], { a: 0, b: 10_000 }],
    ['no weight at all gives nobody anything', [to('a'), to('b')], { a: 0, b: 0 }],
    [
      'a subset named twice gets both shares',
      [to('a', 20), to('a', 30), to('b', 50)],
      { a: 5_000, b: 5_000 },
    ],
    [
      'rounding never makes more than all',
      Array.from({ length: 6 }, () => to('a', 1)),
      { a: 10_000 },
    ],
    ['a negative weight is none', [to('a', -5), to('b', 10)], { a: 0, b: 10_000 }],
    ['a weight that is no number is none', [to('a', 'much'), to('b', 10)], { a: 0, b: 10_000 }],
    [
      'a destination without subset goes by its host',
      [{ destination: { host: 'h' } }],
      { h: 10_000 },
    ],
  ])('%s', (_, route, shares) => {
    expect(sharesOf(...route)).toEqual(shares);
  });

  it('is that of the first route without a match', () => {
    const http = [
      { match: [{ uri: { prefix: '/x' } }], route: [to('a')] },
      { match: [], route: [to('b')] },
      { route: [to('c')] },
    ];
    expect(parseSplit(live({ http }))?.shares).toEqual(new Map([['b', 10_000]]));
  });

  it.each([
    undefined,
    null,
    'text',
    7,
    {},
    { http: 'x' },
    { http: [] },
    { http: [{ match: [{}, {}] }] },
  ])('is none in %j', (spec) => {
    expect(parseSplit({ ...live({}), spec })).toBeUndefined();
  });

  it('is readable whatever the object holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), (spec, route) => {
        parseSplit({ ...live({}), spec });
        const shares = parseSplit(live({ http: [{ route }] }))?.shares ?? new Map();
        for (const share of shares.values()) expect(share).toBeLessThanOrEqual(10_000);
      }),
      { numRuns: 2_000 },
    );
  });
});

it.each([
  ['7', 7],
  ['0', 0],
  ['-1', undefined],
  ['7a', undefined],
  ['', undefined],
  ['1e3', undefined],
])('reads the generation %j as %j', (text, expected) => {
  const annotations = { [generationAnnotation]: text };
  expect(liveGeneration(aLiveObject(renderVirtualService(aTraffic()), { annotations }))).toBe(
    expected,
  );
});

it('knows no generation of an object that says none', () => {
  const object = aLiveObject(renderVirtualService(aTraffic()), { annotations: {} });
  expect(liveGeneration(object)).toBeUndefined();
  expect(parseSplit(object)).not.toHaveProperty('generation');
});

it('lists the subsets by name, and skips what has none', () => {
  const spec = { subsets: [{ name: 'v2' }, { labels: {} }, { name: 'v10' }, 'x', null] };
  const destinationRule = aLiveObject(renderDestinationRule(aTraffic()), { spec });
  expect(subsetsOf({ destinationRule, foreign: [] })).toEqual(['v10', 'v2'].map(version));
  expect(subsetsOf({ foreign: [] })).toEqual([]);
});
