import { isExposed, type Exposure, type MatchRoute, type Sticky } from '@spillway/domain-traffic';
import { EVERYTHING, NOTHING, basisPoints, duration, generation, version } from '@spillway/kernel';
import fc from 'fast-check';
import { nextWrite } from '../next-write.js';
import type { Traffic } from '../traffic.js';
import type { NextWrite } from '../write.js';
import { aTraffic } from './a-traffic.js';
import { must, type OneCluster } from './one-cluster.js';

/** Asks until there is nothing to do; fails when that takes more than three writes. */
export function bring(cluster: OneCluster, traffic: Traffic): NextWrite {
  for (let writes = 0; writes <= 3;) {
    const step = nextWrite(traffic, cluster.read(), cluster.now);
    if (step.do === 'wait') {
      must(step.until > cluster.now, 'waits for what has been');
      cluster.now = step.until;
    } else if (step.do === 'write' || step.do === 'patch' || step.do === 'remove') {
      must(cluster.write(step), 'the write was refused');
      writes += 1;
    } else return step;
  }
  throw new Error('more than three writes');
}

export const versions = ['v0', 'v1', 'v2', 'v3'].map(version);
const aVersion = fc.constantFrom(...versions);
export const aWeight = fc
  .oneof(fc.constantFrom(0, 10_000), fc.integer({ min: 0, max: 10_000 }))
  .map(basisPoints);

const routes = fc.subarray<MatchRoute>([
  { name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] },
  { name: 'beta', match: [{ uri: { prefix: '/beta' } }, { cookies: { beta: { exact: '1' } } }] },
  { name: 'inside', match: [{ port: 8080 }], where: 'mesh' },
]);

/** Routes beside any weight but all, and copies before the first. */
export const anExposure: fc.Arbitrary<Exposure> = fc
  .record({
    weight: aWeight,
    routes,
    mirror: fc.option(
      fc.record({
        share: fc.integer({ min: 1, max: 10_000 }).map(basisPoints),
        methods: fc.constantFrom('all' as const, 'safe' as const),
      }),
    ),
  })
  .map(({ weight, routes: some, mirror }) => ({
    weight,
    ...(weight < EVERYTHING && some.length > 0 ? { routes: some } : {}),
    ...(weight === NOTHING && mirror !== null ? { mirror } : {}),
  }));

const sticky: Sticky = { cookie: 'catalog', lifetime: duration(60_000) };
export const someStickiness = fc.constantFrom({}, { sticky });

/** Traffic whose subsets hold at least those that get some. */
export const someTraffic = (generations: { min: number; max: number }): fc.Arbitrary<Traffic> =>
  fc
    .record({
      stable: aVersion,
      candidate: aVersion,
      exposure: anExposure,
      stickiness: someStickiness,
      isOver: fc.boolean(),
      number: fc.integer(generations),
    })
    .filter(({ stable, candidate }) => stable !== candidate)
    .map(({ isOver, number, stickiness, ...split }) => {
      const { stable, candidate, exposure } = split;
      const isAll = exposure.weight === EVERYTHING;
      const left = isAll ? [candidate] : [stable];
      const subsets = isOver && (isAll || !isExposed(exposure)) ? left : [stable, candidate];
      return aTraffic({ ...split, ...stickiness, generation: generation(number), subsets });
    });
