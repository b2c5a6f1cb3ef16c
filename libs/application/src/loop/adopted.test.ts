import { beforeEach, describe, expect, it } from '@jest/globals';
import { fieldsOf, listOf, type LiveObject, type Write } from '@spillway/domain-istio';
import { peoples } from '@spillway/domain-istio/testing';
import type { Release } from '@spillway/domain-release';
import { basisPoints, duration } from '@spillway/kernel';
import type { ScriptedCluster } from '../testing/fake/scripted-cluster.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService, eu, us } from '../testing/index.js';
import { apply } from './apply.js';
import { reconcile } from './reconcile.js';

const steps = [1_000, 2_500, 5_000].flatMap((weight) => [
  { kind: 'setWeight', weight: basisPoints(weight) } as const,
  { kind: 'bake', length: duration(60_000) } as const,
]);
const place = { namespace: 'shop', name: 'catalog' };
const service = aService({ ownership: { kind: 'adopted', virtualService: place } });
const theirs = peoples(`
spec:
  hosts: [catalog]
  http:
    - name: all
      retries: {attempts: 2}
      route: [{destination: {host: catalog, subset: v1}}]
`);

/** Defines what serves now; what is to come is beside it, in a rule of ours. */
const theirRule: LiveObject = {
  kind: 'DestinationRule',
  metadata: { ...theirs.metadata, resourceVersion: '2' },
  spec: { host: 'catalog', subsets: [{ name: 'v1', labels: { version: 'v1' } }] },
};

let workshop: Workshop;
let release: Release;
let cluster: ScriptedCluster;

beforeEach(async () => {
  workshop = await aWorkshop({ steps, metrics: [] });
  await workshop.uow.run((tx) => tx.services.put(service));
  for (const name of [eu, us]) {
    workshop.cluster(name).live = { foreign: [theirRule] };
    workshop.cluster(name).put(theirs, 'anna');
  }
  cluster = workshop.cluster(eu);
  release = await workshop.started();
});

const phase = async () => (await workshop.release(release.id)).phase;
const brief = (write: Write): string => {
  if (write.do === 'write') return `apply ${write.object.kind}`;
  return `${write.do} ${write.kind} ${write.place.namespace}/${write.place.name}`;
};
const asked = () => cluster.asked.splice(0).map(brief);
const spec = () => cluster.live?.virtualService?.spec;
const weights = () => {
  const [route] = listOf(fieldsOf(spec())['http']);
  return listOf(fieldsOf(route)['route']).map((entry) => fieldsOf(entry)['weight']);
};
const command = (verb: 'abort' | 'promote') =>
  workshop.useCases.commandRelease({ release: release.id, verb, comment: '' }, aCaller('bob'));
const patch = 'patch VirtualService shop/catalog';

it('is patched once a step, and not at all before the candidate sees anything', async () => {
  await workshop.uow.jobs.step(() => reconcile(workshop.deps)(release.id));
  await apply(workshop.deps)(release.id, eu);
  expect(asked()).toEqual(['apply DestinationRule']);
  expect(spec()).toEqual(theirs.spec);
  await workshop.work();
  expect(asked()).toEqual([patch]);
  expect(weights()).toEqual([90, 10]);
  for (const split of [
    [75, 25],
    [50, 50],
  ]) {
    await workshop.pass(61_000);
    expect(asked()).toEqual([patch]);
    expect(weights()).toEqual(split);
  }
});

describe('the way back', () => {
  it('gives people what they wrote, byte for byte, and takes our rule away', async () => {
    await workshop.work();
    asked();
    await command('abort');
    await workshop.pass(1_000);
    expect(await phase()).toBe('rolledBack');
    // The second takes away what kept late writes of older generations out.
    expect(asked()).toEqual([patch, patch]);
    expect(JSON.stringify(spec())).toBe(JSON.stringify(theirs.spec));
    expect(cluster.live?.virtualService?.metadata.annotations).toEqual({});
    await workshop.pass(31_000);
    expect(asked()).toEqual(['remove DestinationRule shop/catalog-spillway']);
    expect(cluster.live?.destinationRule).toBeUndefined();
  });

  it('keeps out what was on its way to it when nothing of it was seen', async () => {
    await workshop.uow.jobs.step(() => reconcile(workshop.deps)(release.id));
    await apply(workshop.deps)(release.id, eu);
    const carryOut = cluster.patch.bind(cluster);
    const late: Parameters<typeof carryOut>[0][] = [];
    cluster.patch = (write) => {
      cluster.patch = carryOut;
      late.push(write);
      return Promise.resolve({ kind: 'unreachable', reason: 'no answer in time' });
    };
    await workshop.work();
    await command('abort');
    await workshop.pass(5_000);
    expect(await phase()).toBe('rolledBack');
    const [write] = late;
    expect(write && (await carryOut(write))).toEqual({ kind: 'conflict' });
    expect(spec()).toEqual(theirs.spec);
    expect(cluster.live?.virtualService?.metadata.annotations).toEqual({});
  });

  it('writes nothing where nothing was written', async () => {
    await command('abort');
    await workshop.pass(60_000);
    expect(asked()).toEqual([]);
  });

  it('writes nothing out of a preparation that wrote nothing', async () => {
    await workshop.uow.jobs.step(() => reconcile(workshop.deps)(release.id));
    await command('abort');
    await workshop.pass(60_000);
    expect(await phase()).toBe('rolledBack');
    expect(asked()).toEqual([]);
  });

  it('takes the rule away that was all that a preparation wrote', async () => {
    await workshop.uow.jobs.step(() => reconcile(workshop.deps)(release.id));
    await apply(workshop.deps)(release.id, eu);
    asked();
    await command('abort');
    await workshop.pass(1_000);
    expect(await phase()).toBe('rolledBack');
    await workshop.pass(60_000);
    expect(asked()).toEqual(['remove DestinationRule shop/catalog-spillway']);
  });
});

it('is looked at again when somebody wrote first, and patched as it is then', async () => {
  await workshop.work();
  asked();
  const carryOut = cluster.patch.bind(cluster);
  cluster.patch = (write) => {
    cluster.patch = carryOut;
    const { virtualService } = cluster.live ?? {};
    if (virtualService === undefined) throw new Error('it is there');
    const spec = { ...fieldsOf(virtualService.spec), exportTo: ['*'] };
    cluster.put({ ...virtualService, spec }, 'anna');
    return carryOut(write);
  };
  await workshop.pass(61_000);
  expect(asked()).toEqual([patch, patch]);
  expect(weights()).toEqual([75, 25]);
  expect(spec()).toMatchObject({ exportTo: ['*'] });
});

it('is healed when somebody changes our leaf, and nothing else of theirs', async () => {
  await workshop.work();
  await workshop.pass(2_000);
  asked();
  const text = JSON.stringify(cluster.live?.virtualService).replace('"weight":10', '"weight":40');
  cluster.put(JSON.parse(text.replace('"attempts":2', '"attempts":5')), 'kubectl-edit');
  await workshop.pass(12_000);
  expect(asked()).toEqual([patch]);
  expect(weights()).toEqual([90, 10]);
  expect(JSON.stringify(spec())).toContain('"attempts":5');
  const events = await workshop.uow.run((tx) => tx.releases.events(release.id, 0, 1_000));
  expect(events.map(({ event }) => event.because)).toContainEqual(
    expect.stringContaining('kubectl-edit'),
  );
});

it('holds the release while it is gone', async () => {
  await workshop.work();
  await workshop.pass(2_000);
  asked();
  cluster.take('VirtualService');
  await workshop.pass(12_000);
  expect(asked()).toEqual([]);
  expect(await workshop.release(release.id)).toMatchObject({
    phase: 'held',
    held: { reason: { kind: 'foreignRouting', detail: expect.stringContaining('is not there') } },
  });
});

it('holds the release that would begin where it routes to another version than stable', async () => {
  const missed = JSON.parse(JSON.stringify(theirs).replace('"v1"', '"v2"')) as LiveObject;
  workshop.cluster(us).put(missed, 'anna');
  await workshop.pass(12_000);
  expect(await workshop.release(release.id)).toMatchObject({
    phase: 'held',
    held: {
      from: 'preparing',
      reason: { kind: 'foreignRouting', detail: expect.stringContaining('has no route to v1') },
    },
  });
  const { rollouts } = await workshop.release(release.id);
  expect(rollouts.find((one) => one.cluster === us)?.applied).toBeUndefined();
  expect(asked()).not.toContain(patch);
});

it('is left with the candidate in the place of stable when the release succeeds', async () => {
  await workshop.pass(300_000);
  expect(await phase()).toBe('succeeded');
  const promoted = JSON.stringify(theirs.spec).replace('"v1"', '"v2"');
  expect(JSON.stringify(spec())).toBe(promoted);
  expect(cluster.live?.virtualService?.metadata.annotations).toEqual({});
});

it('is left at once, though somebody else has a part of it and the pods are watched no more', async () => {
  const shared = peoples(`
    spec:
      hosts: [catalog]
      http:
        - route:
            - {destination: {host: catalog, subset: v1}, weight: 80}
            - {destination: {host: archive, subset: v1}, weight: 20}
  `);
  for (const name of [eu, us]) workshop.cluster(name).put(shared, 'anna');
  await workshop.work();
  // As with a real watch, which has to ask first.
  cluster.follow = () => undefined;
  await command('promote');
  await workshop.pass(1_000);
  expect(await phase()).toBe('succeeded');
  expect(weights()).toEqual([80, 20]);
  expect(cluster.live?.virtualService?.metadata.annotations).toEqual({});
});
