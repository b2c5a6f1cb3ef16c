import { describe, expect, it } from '@jest/globals';
import { EVERYTHING, basisPoints } from '@spillway/kernel';
import {
  describeExposure,
  isExposed,
  isSameExposure,
  isServing,
  unexposed,
  type Exposure,
} from './exposure.js';
import type { MatchRoute } from './request-match.js';

const testers: MatchRoute = {
  name: 'testers',
  match: [{ headers: { 'x-tester': { exact: 'yes' }, 'x-team': { present: true } } }],
};
const mirror = { share: basisPoints(2_500), methods: 'all' as const };

describe('an exposure', () => {
  it.each<[string, Exposure, boolean, boolean]>([
    ['of nothing', unexposed, false, false],
    ['of no routes', { ...unexposed, routes: [] }, false, false],
    ['of copies', { ...unexposed, mirror }, false, true],
    ['of a route', { ...unexposed, routes: [testers] }, true, true],
    ['of the least weight', { weight: basisPoints(1) }, true, true],
    ['of everything', { weight: EVERYTHING }, true, true],
  ])(
    '%s answers people (third) or shows the candidate anything (fourth)',
    (_, one, serves, shows) => {
      expect([isServing(one), isExposed(one)]).toEqual([serves, shows]);
    },
  );

  it.each<[string, Exposure, string]>([
    ['nothing', unexposed, '0 %'],
    ['a weight', { weight: basisPoints(1) }, '0.01 %'],
    [
      'all there is',
      { weight: basisPoints(1_000), routes: [testers], mirror: { ...mirror, methods: 'safe' } },
      '10 %, testers (x-tester is yes and x-team is there), copies of 25 % of GET and HEAD',
    ],
  ])('is said in words: %s', (_, one, words) => {
    expect(describeExposure(one)).toBe(words);
  });
});

describe('two exposures are the same', () => {
  const full: Exposure = { weight: basisPoints(1_000), routes: [testers], mirror };

  it('whatever the order of the keys in which they come back from a database', () => {
    const turned: Exposure = {
      mirror: { methods: 'all', share: basisPoints(2_500) },
      routes: [
        {
          match: [{ headers: { 'x-team': { present: true }, 'x-tester': { exact: 'yes' } } }],
          name: 'testers',
        },
      ],
      weight: basisPoints(1_000),
    };
    expect(isSameExposure(full, turned)).toBe(true);
    expect(isSameExposure(unexposed, { ...unexposed, routes: [] })).toBe(true);
  });

  it.each<[string, Partial<Exposure>]>([
    ['weight', { weight: basisPoints(1_001) }],
    ['share of copies', { mirror: { ...mirror, share: basisPoints(1) } }],
    ['methods of copies', { mirror: { ...mirror, methods: 'safe' } }],
    ['route', { routes: [{ ...testers, name: 'others' }] }],
    ['place of a route', { routes: [{ ...testers, where: 'mesh' }] }],
    ['match', { routes: [{ ...testers, match: [{ port: 80 }] }] }],
    ['number of routes', { routes: [testers, { ...testers, name: 'others' }] }],
  ])('but not with another %s', (_, other) => {
    expect(isSameExposure(full, { ...full, ...other })).toBe(false);
  });

  it('but not with routes in another order: the first that matches wins', () => {
    const others = { ...testers, name: 'others' };
    const [one, two] = [
      [testers, others],
      [others, testers],
    ];
    expect(
      isSameExposure({ ...unexposed, routes: one ?? [] }, { ...unexposed, routes: two ?? [] }),
    ).toBe(false);
  });
});
