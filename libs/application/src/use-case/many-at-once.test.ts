import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Grant } from '@spillway/domain-access';
import type { Release } from '@spillway/domain-release';
import { clusterName, namespaceName, serviceName } from '@spillway/kernel';
import { catalog, eu, us } from '../testing/contract/index.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';

const absent = serviceName('shop/absent');
let workshop: Workshop;
let release: Release;
beforeEach(async () => {
  workshop = await aWorkshop();
  await workshop.uow.run(async (tx) => {
    const cluster = await tx.clusters.get(us);
    if (cluster !== undefined) await tx.clusters.put({ ...cluster, labels: { region: 'us' } });
  });
  const { id } = await workshop.started();
  release = await workshop.release(id);
});

/** Names of what a caller with these grants is given of all that is asked for. */
async function seen(...grants: readonly Grant[]) {
  const caller = aCaller('ana', { grants });
  const { useCases } = workshop;
  const { name, version } = release.strategy;
  const [clusters, services, strategies, releases, running] = await Promise.all([
    useCases.getClusters([us, eu, clusterName('asia')], caller),
    useCases.getServices([absent, catalog], caller),
    useCases.getStrategyVersions(
      [
        { name, version },
        { name, version: 99 },
      ],
      caller,
    ),
    useCases.getReleases([release.id], caller),
    useCases.getRunningReleases([absent, catalog], caller),
  ]);
  return {
    clusters: clusters.ok ? clusters.value.map(({ record }) => record.name) : clusters.error.code,
    services: services.ok ? services.value.map(({ service }) => service) : services.error.code,
    strategies: strategies.ok ? strategies.value.map((one) => one.version) : strategies.error.code,
    releases: releases.ok ? releases.value.map(({ id }) => id) : releases.error.code,
    running: running.ok ? running.value.map(({ id }) => id) : running.error.code,
  };
}

const all = () => ({
  clusters: [eu, us],
  services: [catalog],
  strategies: [release.strategy.version],
  releases: [release.id],
  running: [release.id],
});

describe('many at once are given', () => {
  it('where they are there, to who may see them', async () => {
    expect(await seen({ role: 'viewer' })).toEqual(all());
    expect(await seen({ role: 'viewer', namespaces: [namespaceName('shop')] })).toEqual(all());
  });

  it('in part to who may see a part', async () => {
    const { clusters, ...rest } = await seen({ role: 'viewer', clusters: { region: 'us' } });
    expect(clusters).toEqual([us]);
    expect(rest).toMatchObject({ services: [catalog], releases: [release.id] });
  });

  it('as if they were not there to who may not', async () => {
    const bank = { role: 'viewer', namespaces: [namespaceName('bank')] } as const;
    expect(await seen(bank)).toMatchObject({ services: [], releases: [], running: [] });
  });

  it('to nobody without a role', async () => {
    const none = 'FORBIDDEN';
    expect(await seen()).toEqual({
      clusters: none,
      services: none,
      strategies: none,
      releases: none,
      running: none,
    });
  });
});
