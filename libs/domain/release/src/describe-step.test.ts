import { expect, it } from '@jest/globals';
import { basisPoints, duration } from '@spillway/kernel';
import { describeGain, describeStep } from './describe-step.js';
import type { Step, TrafficStep } from './plan.js';
import { aMetric } from './testing/index.js';

type Bare<S> = S extends unknown ? Omit<S, 'wave'> : never;
const step = (one: Bare<Step>): Step => ({ wave: 0, ...one }) as Step;
const testers = { name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] };
const mirror = { share: basisPoints(2_500), methods: 'safe' as const };

it.each<[string, Bare<Step>]>([
  ['set 0.01 %', { kind: 'setWeight', weight: basisPoints(1) }],
  ['route testers: x-tester is yes', { kind: 'route', route: testers }],
  ['remove route testers', { kind: 'removeRoute', name: 'testers' }],
  ['send copies of 25 % of GET and HEAD', { kind: 'mirror', mirror }],
  ['end the mirror', { kind: 'mirror' }],
  ['bake for 1m30s', { kind: 'bake', length: duration(90_000), metrics: [] }],
  ['pause until resumed', { kind: 'pause' }],
  ['pause for 10m', { kind: 'pause', length: duration(600_000) }],
  ['analyze a, b', { kind: 'analyze', metrics: [aMetric({ name: 'a' }), aMetric({ name: 'b' })] }],
])('says a step: %s', (words, one) => {
  expect(describeStep(step(one))).toBe(words);
});

it.each<[string, TrafficStep]>([
  ['0.01 %', { kind: 'setWeight', weight: basisPoints(1) }],
  ['testers: x-tester is yes', { kind: 'route', route: testers }],
  ['testers no more', { kind: 'removeRoute', name: 'testers' }],
  ['copies of 25 % of GET and HEAD', { kind: 'mirror', mirror }],
  ['no copies any more', { kind: 'mirror' }],
])('says what the candidate gets: %s', (words, one) => {
  expect(describeGain(one)).toBe(words);
});
