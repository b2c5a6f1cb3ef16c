import { beforeEach, expect, it } from '@jest/globals';
import type { Release } from '@spillway/domain-release';
import type { ScriptedCluster } from '../testing/fake/scripted-cluster.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService, eu } from '../testing/index.js';
import { apply } from './apply.js';

let workshop: Workshop;
let release: Release;
let cluster: ScriptedCluster;

/** A release at 10 % of a service that wants to be asked before its routing is written again. */
beforeEach(async () => {
  workshop = await aWorkshop();
  await workshop.uow.run((tx) => tx.services.put(aService({ drift: 'hold' })));
  release = await workshop.started();
  await workshop.pass(2_000);
  cluster = workshop.cluster(eu);
  cluster.asked.length = 0;
});

const weightAs = (weight: number, by: string): void => {
  const { virtualService } = cluster.live ?? {};
  if (virtualService === undefined) throw new Error('it is there');
  const spec = JSON.stringify(virtualService.spec).replace(
    /"weight":\d+\}\]/,
    `"weight":${weight}}]`,
  );
  cluster.put({ ...virtualService, spec: JSON.parse(spec) }, by);
};
const drifts = async () => {
  const events = await workshop.uow.run((tx) => tx.releases.events(release.id, 0, 1_000));
  return events.filter(({ event }) => event.type === 'driftFound');
};
const phase = async () => (await workshop.release(release.id)).phase;

it('is noted once, with who did it, and holds the release without a write', async () => {
  weightAs(40, 'kubectl-edit');
  await workshop.pass(120_000);
  expect(await drifts()).toHaveLength(1);
  expect(cluster.asked).toEqual([]);
  expect(await workshop.release(release.id)).toMatchObject({
    phase: 'held',
    held: { reason: { kind: 'drift', cluster: 'eu' } },
    because: expect.stringContaining('kubectl-edit'),
  });
});

it('is not written over by a job that was on its way when it was made', async () => {
  weightAs(40, 'kubectl-edit');
  await apply(workshop.deps)(release.id, eu);
  expect(cluster.asked).toEqual([]);
  await workshop.pass(20_000);
  expect(await drifts()).toHaveLength(1);
});

it('is not asked about again and again by a write that was on its way', async () => {
  weightAs(40, 'kubectl-edit');
  await workshop.pass(20_000);
  workshop.takeAll();
  await apply(workshop.deps)(release.id, eu);
  expect(cluster.asked).toEqual([]);
  expect(workshop.queue()).toContain('apply eu in 60000 ms');
});

it('is over when the routing is as desired again', async () => {
  weightAs(40, 'kubectl-edit');
  await workshop.pass(20_000);
  expect(await phase()).toBe('held');
  weightAs(10, 'kubectl-edit');
  await workshop.pass(12_000);
  expect(await phase()).toBe('progressing');
  expect(cluster.asked).toEqual([]);
});

it('does not stop a rollback, which writes at once', async () => {
  weightAs(40, 'kubectl-edit');
  await workshop.pass(20_000);
  const { id } = release;
  await workshop.useCases.commandRelease(
    { release: id, verb: 'abort', comment: '' },
    aCaller('bob'),
  );
  await workshop.pass(1_000);
  expect(JSON.stringify(cluster.live?.virtualService?.spec)).not.toContain('v2');
  expect(await phase()).toBe('rolledBack');
});
