import { describe, expect, it } from '@jest/globals';
import type { StepTemplate, Strategy } from '@spillway/domain-release';
import { basisPoints, duration, version } from '@spillway/kernel';
import type { NewService } from '../port/service-store.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService } from '../testing/index.js';

const tenPercent: StepTemplate = { kind: 'setWeight', weight: basisPoints(1_000) };
const testers: StepTemplate = {
  kind: 'route',
  route: { name: 'testers', match: [{ method: { exact: 'GET' } }] },
};
const atTheEdge: StepTemplate = {
  kind: 'route',
  route: { name: 'testers', match: [{ method: { exact: 'GET' } }], where: 'edge' },
};
const copies: StepTemplate = {
  kind: 'mirror',
  mirror: { share: basisPoints(100), methods: 'safe' },
};
const sticky = { cookie: 'release', lifetime: duration(3_600_000) };
const edge = { gateways: ['istio-system/public'], hosts: ['shop.example.com'] };
const virtualService = { namespace: 'shop', name: 'web' };

async function theWorkshop(
  service: Partial<NewService>,
  strategy: Partial<Strategy>,
): Promise<Workshop> {
  const workshop = await aWorkshop(strategy);
  await workshop.useCases.putService(aService(service), aCaller('anna'));
  return workshop;
}

const replicas = { kind: 'replicas', deployment: 'catalog-{version}', total: 8 } as const;

describe('a release is refused', () => {
  it.each<[string, Partial<NewService>, Partial<Strategy>, string]>([
    [
      'a route by request of TCP connections',
      { protocol: 'tcp' },
      { steps: [testers] },
      'Strategy "canary-10" has route "testers", which looks at requests, but service "shop/catalog" is routed by tcp connection.',
    ],
    [
      'copies of TLS connections',
      { protocol: 'tls' },
      { steps: [copies] },
      'Strategy "canary-10" copies requests, but service "shop/catalog" is routed by tls connection.',
    ],
    [
      'a cookie in TCP connections',
      { protocol: 'tcp' },
      { steps: [tenPercent], sticky },
      'Strategy "canary-10" sets cookie "release", but service "shop/catalog" is routed by tcp connection.',
    ],
    [
      'a route by request where pods are counted',
      { ownership: replicas },
      { steps: [testers] },
      'Strategy "canary-10" has route "testers", which looks at requests, but service "shop/catalog" is routed by its pods.',
    ],
    [
      'a route at the edge of a service that has none',
      {},
      { steps: [atTheEdge] },
      'Strategy "canary-10" has route "testers" at the edge, where service "shop/catalog" is not.',
    ],
    [
      'a route at the edge where people delegate and nobody said which edge',
      { ownership: { kind: 'delegate', virtualService } },
      { steps: [atTheEdge] },
      'Strategy "canary-10" has route "testers" at the edge, where service "shop/catalog" is not.',
    ],
  ])('for %s', async (_, service, strategy, message) => {
    const workshop = await theWorkshop(service, strategy);
    expect(await workshop.start()).toMatchObject({
      ok: false,
      error: { code: 'INVALID_STRATEGY', field: 'strategy', message },
    });
    expect(workshop.queue()).toEqual([]);
  });

  it.each<[string, Partial<NewService>]>([
    ['Service', { versionHost: 'catalog-{version}.shop.svc.cluster.local' }],
    ['Deployment', { ownership: replicas }],
  ])('for a version that no %s can be named after', async (_, service) => {
    const workshop = await theWorkshop(service, {});
    expect(await workshop.start({ candidate: version('V2') })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', field: 'candidate' },
    });
    expect(await workshop.start({ candidate: version('v'.repeat(60)) })).toMatchObject({
      error: { code: 'INVALID_INPUT', field: 'candidate' },
    });
    expect(await workshop.start()).toMatchObject({ ok: true });
  });
});

describe('a release begins', () => {
  it.each<[string, Partial<NewService>, Partial<Strategy>]>([
    ['weights of TCP connections', { protocol: 'tcp' }, { steps: [tenPercent] }],
    ['routes of gRPC requests', { protocol: 'grpc' }, { steps: [testers, copies], sticky }],
    ['a route at the edge that the service has', { edge }, { steps: [atTheEdge] }],
    [
      'a route at the edge that the adopted VirtualService has or has not',
      { ownership: { kind: 'adopted', virtualService } },
      { steps: [atTheEdge] },
    ],
    ['a version in capitals, which a subset may be', {}, { steps: [tenPercent] }],
  ])('with %s', async (_, service, strategy) => {
    const workshop = await theWorkshop(service, strategy);
    expect(await workshop.start({ candidate: version('V2') })).toMatchObject({ ok: true });
  });

  it('with the service’s word on drift in its plan, where it keeps that to its end', async () => {
    const workshop = await theWorkshop({ drift: 'hold' }, {});
    const release = await workshop.started();
    expect(release.plan.drift).toBe('hold');
    const caller = aCaller('anna');
    expect(await workshop.useCases.putService(aService(), caller)).toMatchObject({ ok: true });
    expect((await workshop.release(release.id)).plan.drift).toBe('hold');
    const other = await theWorkshop({}, {});
    expect((await other.started()).plan).not.toHaveProperty('drift');
  });
});
