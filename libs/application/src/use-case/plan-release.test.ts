import { beforeEach, expect, it } from '@jest/globals';
import { serviceName, strategyName, version } from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { eu, us } from '../testing/index.js';
import type { ReleasePlan } from '../plan/release-plan.js';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await aWorkshop();
  for (const record of await workshop.uow.run((tx) => tx.clusters.getAll([eu, us]))) {
    workshop.links.to(record);
  }
});

async function planOf(candidate: string): Promise<ReleasePlan> {
  const plan = await workshop.useCases.planRelease(
    {
      service: serviceName('shop/catalog'),
      strategy: strategyName('canary-10'),
      candidate: version(candidate),
      description: '',
    },
    aCaller(),
  );
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
}

it('says what would be written where pods of both versions are ready', async () => {
  const { clusters } = await planOf('v2');
  expect(clusters.map(({ cluster, held }) => [cluster, held])).toEqual([
    [eu, undefined],
    [us, undefined],
  ]);
  expect(clusters.every(({ writes }) => writes.length > 2)).toBe(true);
});

it('names a version that has no ready pods, in each cluster without', async () => {
  workshop.cluster(eu).endpoints.set(version('v3'), 2);
  workshop.cluster(us).endpoints.set(version('v3'), 0);
  const { clusters } = await planOf('v3');
  expect(clusters.map(({ held }) => held)).toEqual([undefined, 'v3 has no ready endpoint in us']);
});

it('names stable too, which would get all requests from the first write on', async () => {
  workshop.cluster(us).endpoints.set(version('v1'), 0);
  const { clusters } = await planOf('v2');
  expect(clusters.map(({ held }) => held)).toEqual([undefined, 'v1 has no ready endpoint in us']);
});
