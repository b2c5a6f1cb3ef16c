import { beforeEach, expect, it } from '@jest/globals';
import { version } from '@spillway/kernel';
import type { ScriptedCluster } from '../testing/fake/scripted-cluster.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService, eu } from '../testing/index.js';

const versionHost = 'catalog-{version}.shop.svc.cluster.local';

let workshop: Workshop;
let cluster: ScriptedCluster;
beforeEach(async () => {
  workshop = await aWorkshop();
  await workshop.uow.run((tx) => tx.services.put(aService({ versionHost })));
  cluster = workshop.cluster(eu);
});

it('needs no subsets: versions are named by their hosts', async () => {
  await workshop.started();
  await workshop.work();
  const kinds = cluster.asked.map((write) => write.do === 'write' && write.object.kind);
  expect(new Set(kinds)).toEqual(new Set(['VirtualService']));
  const spec = JSON.stringify(cluster.live?.virtualService?.spec);
  expect(spec).toContain('catalog-v2.shop.svc.cluster.local');
  expect(spec).not.toContain('subset');
});

it('gives a version whose Service has no ready endpoints nothing', async () => {
  cluster.endpoints.set(version('v2'), 0);
  const { id } = await workshop.started();
  await workshop.pass(1_000);
  expect(JSON.stringify(cluster.live)).not.toContain('catalog-v2');
  expect(await workshop.release(id)).toMatchObject({
    phase: 'held',
    held: { reason: { kind: 'noReadyEndpoints' } },
  });
});

it('is promoted and at rest without a DestinationRule', async () => {
  const { id } = await workshop.started();
  await workshop.pass(1_000);
  const by = { release: id, comment: '' } as const;
  await workshop.useCases.commandRelease({ ...by, verb: 'promote' }, aCaller('bob'));
  await workshop.pass(60_000);
  expect(await workshop.release(id)).toMatchObject({ phase: 'succeeded' });
  expect(cluster.live?.destinationRule).toBeUndefined();
  expect(workshop.queue()).toEqual([]);
});
