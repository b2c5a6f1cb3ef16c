import { describe, expect, it } from '@jest/globals';
import {
  isSameExposure,
  unexposed,
  type Exposure,
  type MatchRoute,
} from '@spillway/domain-traffic';
import { EVERYTHING, basisPoints } from '@spillway/kernel';
import fc from 'fast-check';
import { exposureAfter } from './exposure-after.js';
import type { TrafficStep } from './plan.js';

const route = (name: string, port = 80): MatchRoute => ({ name, match: [{ port }] });
const [a, b] = [route('a'), route('b')];
const mirror = { share: basisPoints(2_500), methods: 'all' as const };
const ten = basisPoints(1_000);

describe('a step', () => {
  it.each<[string, TrafficStep, Exposure, Exposure]>([
    [
      'sets the weight beside routes',
      { kind: 'setWeight', weight: ten },
      { ...unexposed, routes: [a] },
      { weight: ten, routes: [a] },
    ],
    [
      'ends copies with the first weight',
      { kind: 'setWeight', weight: ten },
      { ...unexposed, mirror },
      { weight: ten },
    ],
    [
      'keeps copies without a weight',
      { kind: 'setWeight', weight: unexposed.weight },
      { ...unexposed, mirror },
      { ...unexposed, mirror },
    ],
    [
      'ends everything else with all traffic',
      { kind: 'setWeight', weight: EVERYTHING },
      { weight: ten, routes: [a] },
      { weight: EVERYTHING },
    ],
    [
      'adds a route behind the others',
      { kind: 'route', route: b },
      { weight: ten, routes: [a] },
      { weight: ten, routes: [a, b] },
    ],
    [
      'puts a route of a known name in its place',
      { kind: 'route', route: route('a', 81) },
      { ...unexposed, routes: [a, b] },
      { ...unexposed, routes: [route('a', 81), b] },
    ],
    [
      'takes a route away',
      { kind: 'removeRoute', name: 'a' },
      { weight: ten, routes: [a, b] },
      { weight: ten, routes: [b] },
    ],
    [
      'leaves no list of no routes behind',
      { kind: 'removeRoute', name: 'a' },
      { ...unexposed, routes: [a] },
      unexposed,
    ],
    [
      'takes nothing away that is not there',
      { kind: 'removeRoute', name: 'b' },
      { ...unexposed, routes: [a] },
      { ...unexposed, routes: [a] },
    ],
    [
      'copies beside routes',
      { kind: 'mirror', mirror },
      { ...unexposed, routes: [a] },
      { ...unexposed, routes: [a], mirror },
    ],
    [
      'copies another share',
      { kind: 'mirror', mirror: { ...mirror, share: ten } },
      { ...unexposed, mirror },
      { ...unexposed, mirror: { ...mirror, share: ten } },
    ],
    ['ends copies', { kind: 'mirror' }, { ...unexposed, mirror }, unexposed],
  ])('%s', (_, step, before, after) => {
    expect(exposureAfter(step, before)).toEqual(after);
  });

  it('changes nothing when it is taken again', () => {
    const aStep = fc.oneof<fc.Arbitrary<TrafficStep>[]>(
      fc
        .constantFrom(0, 1, 10_000)
        .map((weight) => ({ kind: 'setWeight', weight: basisPoints(weight) })),
      fc.constantFrom(a, b, route('a', 81)).map((one) => ({ kind: 'route', route: one })),
      fc.constantFrom('a', 'b').map((name) => ({ kind: 'removeRoute', name })),
      fc.constantFrom<TrafficStep>({ kind: 'mirror' }, { kind: 'mirror', mirror }),
    );
    fc.assert(
      fc.property(fc.array(aStep), aStep, (steps, last) => {
        const once = [...steps, last].reduce((at, step) => exposureAfter(step, at), unexposed);
        expect(isSameExposure(exposureAfter(last, once), once)).toBe(true);
      }),
    );
  });
});
