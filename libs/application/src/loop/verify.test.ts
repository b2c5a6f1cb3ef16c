import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Release, Strategy } from '@spillway/domain-release';
import { basisPoints, duration } from '@spillway/kernel';
import type { ProxyAccess } from '../port/cluster-store.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aCluster, aService, eu, us } from '../testing/index.js';
import { verify } from './verify.js';

const proxies: ProxyAccess = { kind: 'istiod', urls: ['http://istiod:15014'] };
const strategy: Partial<Strategy> = {
  verify: 'distributed',
  metrics: [],
  steps: [
    { kind: 'setWeight', weight: basisPoints(1_000) },
    { kind: 'bake', length: duration(3_600_000) },
  ],
};

let workshop: Workshop;
let release: Release;

const begin = async (
  changes: Partial<Strategy> = {},
  access: ProxyAccess | undefined = proxies,
): Promise<void> => {
  workshop = await aWorkshop({ ...strategy, ...changes });
  for (const name of [eu, us]) {
    await workshop.uow.run((tx) =>
      tx.clusters.put(aCluster({ name, ...(access === undefined ? {} : { proxies: access }) })),
    );
  }
};
const start = async () => void (release = await workshop.started());
const now = () => workshop.release(release.id);
const inEu = async () => (await now()).rollouts.find(({ cluster }) => cluster === eu);
const events = async () => {
  const stored = await workshop.uow.run((tx) => tx.releases.events(release.id, 0, 1_000));
  return stored.map(({ event }) => event);
};
const told = async (type: string) =>
  (await events()).filter(
    (event) => event.type === type && 'cluster' in event && event.cluster === eu,
  );

beforeEach(() => begin());

describe('a release that waits for proxies', () => {
  it('is at its bake once they have each generation, and asks no more then', async () => {
    await start();
    await workshop.pass(1_000);
    expect((await now()).cursor.index).toBe(1);
    expect(await inEu()).toMatchObject({ distributed: { proxies: 2 } });
    expect(await told('trafficDistributed')).toHaveLength(2);
    const { asked } = workshop.fleet(eu);
    const short = release.id.split('-')[0];
    expect(asked).toEqual([
      { kind: 'named', hosts: [aService().host], routeName: `catalog.${short}.g1` },
      { kind: 'named', hosts: [aService().host], routeName: `catalog.${short}.g2` },
    ]);
    await workshop.pass(60_000);
    expect(asked).toHaveLength(2);
    expect(workshop.queue().filter((line) => line.startsWith('verify'))).toEqual([]);
  });

  it('asks three times a second at first, and the API server nothing', async () => {
    workshop.fleet(eu).behind('gw-0');
    await start();
    await workshop.pass(500);
    const before = workshop.fleet(eu).asked.length;
    const writes = workshop.cluster(eu).asked.length;
    await workshop.pass(3_000);
    expect(workshop.fleet(eu).asked.length - before).toBe(10);
    expect(workshop.cluster(eu).asked).toHaveLength(writes);
    expect((await now()).phase).toBe('preparing');
  });

  it('gives the candidate nothing while a proxy is behind, and holds after a minute', async () => {
    workshop.fleet(eu).behind('gw-0', 'web-1');
    await start();
    await workshop.pass(59_000);
    expect((await now()).phase).toBe('preparing');
    await workshop.pass(2_000);
    const { phase, held, rollouts } = await now();
    expect(phase).toBe('held');
    expect(held?.reason).toEqual({
      kind: 'notDistributed',
      cluster: 'eu',
      detail: 'in eu these are behind: gw-0, web-1',
    });
    expect(rollouts.every(({ desired }) => desired.weight === 0)).toBe(true);
    expect(await told('trafficDelayed')).toHaveLength(1);
    workshop.fleet(eu).behind();
    await workshop.pass(6_000);
    expect(await now()).toMatchObject({ phase: 'progressing', cursor: { index: 1 } });
    expect(await inEu()).not.toHaveProperty('delayed');
  });

  it('asks less often the longer it takes', async () => {
    workshop.fleet(eu).behind('gw-0');
    await start();
    await workshop.pass(120_000);
    const before = workshop.fleet(eu).asked.length;
    await workshop.pass(50_000);
    expect(workshop.fleet(eu).asked.length - before).toBe(10);
  });

  it('says why nobody knows', async () => {
    workshop.fleet(eu).silent('http://istiod:15014 gave no answer in 3000 ms');
    await start();
    await workshop.pass(61_000);
    expect((await now()).held?.reason.detail).toBe(
      'nobody can say what the proxies of eu have: http://istiod:15014 gave no answer in 3000 ms',
    );
  });

  it('is taken back though no proxy answers', async () => {
    await start();
    await workshop.pass(1_000);
    for (const cluster of [eu, us]) workshop.fleet(cluster).silent('nobody is there');
    const command = { release: release.id, verb: 'abort', comment: '' } as const;
    await workshop.useCases.commandRelease(command, aCaller('bob'));
    await workshop.pass(1_000);
    expect((await now()).phase).toBe('rolledBack');
  });

  it('names five of those that are behind', async () => {
    workshop.fleet(eu).behind('a', 'b', 'c', 'd', 'e', 'f', 'g');
    await start();
    await workshop.pass(12_000);
    expect((await inEu())?.delayed).toBe('in eu these are behind: a, b, c, d, e and 2 more');
  });
});

describe('what was seen', () => {
  it('is nothing when the routing changed while the proxies were asked', async () => {
    const fleet = workshop.fleet(eu);
    let isLast = false;
    fleet.look = async ({ routeName }) => {
      if (routeName.endsWith('g1')) return { kind: 'everywhere', proxies: 2 };
      const command = { release: release.id, verb: 'abort', comment: '' } as const;
      if (!isLast) await workshop.useCases.commandRelease(command, aCaller('bob'));
      isLast = true;
      return { kind: 'everywhere', proxies: 2 };
    };
    await start();
    await workshop.pass(1_000);
    expect(isLast).toBe(true);
    const generations = (await told('trafficDistributed')).map(
      (event) => 'generation' in event && event.generation,
    );
    expect(generations).not.toContain(2);
    expect((await now()).phase).toBe('rolledBack');
  });

  it('is looked for anew when the routing was changed and written again', async () => {
    await start();
    await workshop.pass(1_000);
    const before = (await told('trafficDistributed')).length;
    workshop.cluster(eu).take('VirtualService');
    await workshop.pass(15_000);
    expect(await told('driftFound')).toHaveLength(1);
    expect((await told('trafficDistributed')).length).toBe(before + 1);
  });
});

it('is noted also where no step waits for it', async () => {
  await begin({ verify: undefined } as never);
  await start();
  await workshop.pass(1_000);
  expect(await inEu()).toMatchObject({ distributed: { proxies: 2 } });
});

it('asks nobody, and queues nothing, where nobody is named', async () => {
  workshop = await aWorkshop({ steps: strategy.steps ?? [] });
  await start();
  await workshop.pass(1_000);
  expect(workshop.fleet(eu).asked).toEqual([]);
  expect(workshop.queue().filter((line) => line.startsWith('verify'))).toEqual([]);
});

it('begins to ask when somebody is named while the release runs', async () => {
  workshop = await aWorkshop({ steps: strategy.steps ?? [] });
  await start();
  await workshop.pass(1_000);
  await workshop.uow.run((tx) => tx.clusters.put(aCluster({ name: eu, proxies })));
  await workshop.pass(25_000);
  expect(await inEu()).toMatchObject({ distributed: { proxies: 2 } });
});

it('does nothing for a release that is not there', async () => {
  await verify(workshop.deps)('00000000-0000-4000-8000-00000000dead' as never, eu);
  expect(workshop.queue()).toEqual([]);
});
