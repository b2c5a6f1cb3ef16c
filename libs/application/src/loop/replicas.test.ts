import { beforeEach, expect, it } from '@jest/globals';
import type { LiveDeployment } from '@spillway/domain-istio';
import type { Release } from '@spillway/domain-release';
import { basisPoints, version, type Version } from '@spillway/kernel';
import type { ScriptedCluster } from '../testing/fake/scripted-cluster.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService, eu, us } from '../testing/index.js';
import { clusterChanged } from './cluster-changed.js';

const [v1, v2] = [version('v1'), version('v2')];
const service = aService({
  ownership: { kind: 'replicas', deployment: 'catalog-{version}', total: 4 },
});
const pods = (of: Version, replicas: number): readonly [Version, LiveDeployment] => [
  of,
  { name: `catalog-${of}`, replicas, ready: replicas, resourceVersion: `0${of}` },
];

let workshop: Workshop;
let release: Release;
let cluster: ScriptedCluster;
beforeEach(async () => {
  const half = { kind: 'setWeight', weight: basisPoints(5_000) } as const;
  workshop = await aWorkshop({ steps: [half, { kind: 'pause' }], metrics: [] });
  await workshop.uow.run((tx) => tx.services.put(service));
  for (const name of [eu, us]) {
    workshop.cluster(name).live = { deployments: new Map([pods(v1, 4), pods(v2, 0)]), foreign: [] };
  }
  cluster = workshop.cluster(eu);
  release = await workshop.started();
  await workshop.pass(5_000);
});

const scales = () =>
  cluster.asked.splice(0).map((write) => {
    if (write.do !== 'patch') return write.do;
    const [, change] = write.operations;
    return `${write.place.name} to ${JSON.stringify(change && 'value' in change && change.value)}`;
  });

it('gives weight by pods: those that are to come before those that are to go', () => {
  expect(scales()).toEqual(['catalog-v2 to 2', 'catalog-v1 to 2']);
});

it('takes the candidate away first on the way back', async () => {
  scales();
  const { id } = release;
  await workshop.useCases.commandRelease(
    { release: id, verb: 'abort', comment: '' },
    aCaller('bob'),
  );
  await workshop.pass(5_000);
  expect(scales()).toEqual(['catalog-v2 to 0', 'catalog-v1 to 4']);
  expect(await workshop.release(id)).toMatchObject({ phase: 'rolledBack' });
});

it('does not begin while pods of an earlier release have to be scaled where it is lost', async () => {
  const { id } = release;
  const state = cluster.become('unreachable');
  await clusterChanged(workshop.deps)({ cluster: eu, kind: 'state', state });
  const abort = { release: id, verb: 'abort', comment: '' } as const;
  await workshop.useCases.commandRelease(abort, aCaller('bob'));
  await workshop.pass(5_000);
  await workshop.useCases.commandRelease(abort, aCaller('bob'));
  await workshop.pass(5_000);
  expect(await workshop.release(id)).toMatchObject({ phase: 'rolledBack' });
  const start = () => workshop.start({ candidate: version('v3') });
  expect(await start()).toMatchObject({
    ok: false,
    error: { code: 'SERVICE_BUSY', message: expect.stringContaining('pods to scale in eu') },
  });
  await workshop.useCases.putService({ ...service, clusters: [us] }, aCaller('anna'));
  expect(await start()).toMatchObject({ ok: true });
});
