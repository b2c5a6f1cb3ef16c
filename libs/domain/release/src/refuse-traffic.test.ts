import { describe, expect, it } from '@jest/globals';
import type { MatchRoute } from '@spillway/domain-traffic';
import { basisPoints, duration } from '@spillway/kernel';
import { refuseTraffic } from './refuse-traffic.js';
import type { StepTemplate } from './strategy.js';

const set = (weight: number): StepTemplate => ({ kind: 'setWeight', weight: basisPoints(weight) });
const ramp = (from: number, to: number, steps: number, over = 600_000): StepTemplate => ({
  kind: 'ramp',
  from: basisPoints(from),
  to: basisPoints(to),
  steps,
  over: duration(over),
});
const route = (name: string, match: MatchRoute['match'] = [{ port: 80 }]): StepTemplate => ({
  kind: 'route',
  route: { name, match },
});
const mirror = (share: number): StepTemplate => ({
  kind: 'mirror',
  mirror: { share: basisPoints(share), methods: 'all' },
});
const analyze: StepTemplate = { kind: 'analyze', metrics: [] };
const switched: StepTemplate = { kind: 'switch' };

describe('steps are refused', () => {
  it.each<[string, readonly StepTemplate[], object]>([
    [
      'whose weights fall',
      [set(5_000), set(1_000)],
      {
        code: 'INVALID_WEIGHTS',
        field: 'steps[1].setWeight',
        message: 'Step 2 sets 10 % after 50 %.',
      },
    ],
    [
      'with a ramp that begins lower than what was there',
      [set(5_000), ramp(1_000, 9_000, 2)],
      { code: 'INVALID_WEIGHTS', field: 'steps[1].ramp', message: 'Step 2 sets 10 % after 50 %.' },
    ],
    ['with a weight after all was switched', [switched, set(9_999)], { code: 'INVALID_WEIGHTS' }],
    [
      'with a weight after a ramp to more',
      [ramp(1, 200, 2), set(100)],
      { code: 'INVALID_WEIGHTS' },
    ],
    [
      'with a ramp that falls',
      [ramp(500, 100, 2)],
      { code: 'INVALID_WEIGHTS', field: 'steps[0].ramp' },
    ],
    ['with a ramp that stays', [ramp(100, 100, 2)], { code: 'INVALID_WEIGHTS' }],
    [
      'with a ramp of more parts than weights',
      [ramp(1, 3, 4)],
      {
        code: 'INVALID_WEIGHTS',
        message: 'A ramp from 0.01 % to 0.03 % has no 4 different weights that rise.',
      },
    ],
    [
      'with a ramp of one part',
      [ramp(1, 100, 1)],
      { code: 'INVALID_STRATEGY', message: 'A ramp has 1 steps.' },
    ],
    ['with a ramp of half a part', [ramp(1, 100, 2.5)], { code: 'INVALID_STRATEGY' }],
    ['with a ramp of too many parts', [ramp(1, 10_000, 201)], { code: 'INVALID_STRATEGY' }],
    [
      'with a ramp whose parts nobody could tell apart',
      [ramp(1, 100, 5, 4_999)],
      { code: 'INVALID_STRATEGY', message: 'A ramp of 5 steps takes 4999 ms.' },
    ],
    ['with two routes of one name', [route('a'), route('a')], { field: 'steps[1].route.name' }],
    ['with a route after all traffic', [switched, route('a')], { field: 'steps[1].route' }],
    ['with a route for every request', [route('a', [])], { field: 'steps[0].route.match' }],
    [
      'with a route of which one match takes every request',
      [route('a', [{ port: 80 }, {}])],
      { field: 'steps[0].route.match' },
    ],
    [
      'with a route that asks for nothing but the case',
      [route('a', [{ ignoreUriCase: true, headers: {} }])],
      { field: 'steps[0].route.match' },
    ],
    [
      'that take a route away which is not there',
      [route('a'), { kind: 'removeRoute', name: 'b' }],
      { field: 'steps[1].removeRoute', next: 'Routes at this step: a.' },
    ],
    [
      'that take a route away twice',
      [route('a'), { kind: 'removeRoute', name: 'a' }, { kind: 'removeRoute', name: 'a' }],
      { next: 'Routes at this step: (none).' },
    ],
    [
      'that take a route away which ended with all traffic',
      [route('a'), switched, { kind: 'removeRoute', name: 'a' }],
      { field: 'steps[2].removeRoute' },
    ],
    ['that copy nothing', [mirror(0)], { message: 'A mirror copies 0 %.' }],
    [
      'that copy to a version which answers already',
      [set(100), mirror(100)],
      { field: 'steps[1].mirror', message: 'The candidate answers 1 % and would get copies too.' },
    ],
    ['that analyze what nobody sees', [analyze, set(1)], { field: 'steps[0].analyze' }],
    [
      'that analyze what nobody sees any more',
      [mirror(1), { kind: 'mirror' }, analyze],
      { field: 'steps[2].analyze' },
    ],
    [
      'that analyze after the last route went',
      [route('a'), { kind: 'removeRoute', name: 'a' }, analyze],
      { field: 'steps[2].analyze' },
    ],
  ])('%s', (_, steps, refused) => {
    expect(refuseTraffic(steps)).toMatchObject(refused);
  });
});

it.each<[string, readonly StepTemplate[]]>([
  ['weights that rise or stay', [set(0), set(1), set(1), ramp(1, 100, 5), ramp(100, 10_000, 2)]],
  [
    'the same name again after its route went',
    [route('a'), { kind: 'removeRoute', name: 'a' }, route('a')],
  ],
  ['copies before the first weight', [mirror(10_000), analyze, mirror(1), set(1)]],
  ['an end of copies that ended already', [mirror(1), set(1), { kind: 'mirror' }]],
  ['an analysis of a route alone', [route('a'), analyze]],
  ['a match route beside a split', [set(100), route('a'), set(200)]],
  ['nothing but a switch', [switched]],
])('may have %s', (_, steps) => {
  expect(refuseTraffic(steps)).toBeUndefined();
});
