import { expect, it } from '@jest/globals';
import type { Step } from '@spillway/domain-release';
import { aMetric, aMoment, aPlan } from '@spillway/domain-release/testing';
import { basisPoints, duration, generation } from '@spillway/kernel';
import { aService } from '../testing/contract/index.js';
import { warningsOf } from './warnings.js';

const service = {
  ...aService(),
  generation: generation(0),
  createdAt: aMoment,
  updatedAt: aMoment,
};
const comparing = aMetric({ judge: { kind: 'errorCount', maxRatio: 1, minRequests: 1 } });
const bake = (metric = comparing): Step => ({
  kind: 'bake',
  length: duration(60_000),
  metrics: [metric],
  wave: 0,
});
const weight: Step = { kind: 'setWeight', weight: basisPoints(1_000), wave: 0 };
const route: Step = {
  kind: 'route',
  route: { name: 'testers', match: [{ method: { exact: 'GET' } }] },
  wave: 0,
};
const sticky = { cookie: 'release', lifetime: duration(60_000) };

it('warns that versions are compared by other users where routes or a cookie pick them', () => {
  expect(warningsOf(service, aPlan({ steps: [route, bake()] }))).toEqual([
    expect.stringMatching(/^Routes pick the requests .* 3 times as bad/),
  ]);
  expect(warningsOf(service, aPlan({ steps: [weight, bake()], sticky }))).toEqual([
    expect.stringMatching(/^A cookie keeps users at the version .* 3 times as bad/),
  ]);
});

it('says nothing where requests are drawn by chance, or nothing is compared', () => {
  expect(warningsOf(service, aPlan({ steps: [weight, bake()] }))).toEqual([]);
  expect(warningsOf(service, aPlan({ steps: [route, bake(aMetric())] }))).toEqual([]);
});
