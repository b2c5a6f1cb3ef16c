import {
  adopt,
  applyPatch,
  renderDestinationRule,
  renderVirtualService,
  type IstioObject,
  type MeshService,
  type Traffic,
} from '@spillway/domain-istio';
import { aMeshService, aTraffic } from '@spillway/domain-istio/testing';
import { basisPoints, clusterName, instant, version, type Version } from '@spillway/kernel';
import { VirtualClock } from '@spillway/application/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HandWrittenObject } from './api-server.js';
import { SimulatedMesh } from './simulated-mesh.js';

const [v1, v2] = [version('v1'), version('v2')];
const start = instant(1_700_000_000_000);
const minute = 60_000;
const service = aMeshService();
const at = (name: string) => ({ namespace: 'shop', name });

let time: VirtualClock;
let mesh: SimulatedMesh;
beforeEach(() => {
  time = new VirtualClock(start);
  mesh = new SimulatedMesh({ cluster: clusterName('eu'), seed: 7, clock: time, timers: time });
});

function deploy(of: MeshService = service, cohort = 0): void {
  for (const one of [v1, v2]) mesh.setVersion(of, one, { readyEndpoints: 2 });
  mesh.setRequestRate(of, 1_000);
  mesh.setCohort(of, cohort);
}

const write = ({ kind, metadata, spec }: IstioObject): void =>
  mesh.put({ kind, ...metadata, spec }, 'spillway');

const put = (name: string, spec: object): HandWrittenObject => {
  const object: HandWrittenObject = { kind: 'VirtualService', ...at(name), spec };
  mesh.put(object, 'anna');
  return object;
};

/** Shares of a minute's requests, from 0 to 1, once proxies obey. */
async function shares(of: MeshService = service) {
  await time.advance(200);
  const from = time.now();
  await time.advance(minute);
  const { versions, mirrored, lost } = mesh.requests(of, from, time.now());
  const total = [...versions.values()].reduce((sum, { requests }) => sum + requests, 0);
  const all = total + lost.NC + lost.UH + lost.NR;
  const share = (one: Version) => (versions.get(one)?.requests ?? 0) / all;
  return { v1: share(v1), v2: share(v2), mirrored: (mirrored.get(v2)?.requests ?? 0) / all, lost };
}

const testers = { name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] };

describe('simulated requests', () => {
  it('of the cohort go to the version that its match route names, and no others', async () => {
    deploy(service, 0.2);
    const traffic = aTraffic({ exposure: { weight: basisPoints(0), routes: [testers] } });
    write(renderDestinationRule(traffic));
    write(renderVirtualService(traffic));
    expect((await shares()).v2).toBeCloseTo(0.2, 1);
    mesh.setCohort(service, 0);
    expect((await shares()).v2).toBe(0);
  });

  it.each([
    ['all', 0.25],
    ['safe', 0.25],
  ] as const)('are copied, %s of them, beside what people see', async (methods, share) => {
    deploy();
    const mirror = { share: basisPoints(2_500), methods };
    const traffic = aTraffic({ exposure: { weight: basisPoints(0), mirror } });
    write(renderDestinationRule(traffic));
    write(renderVirtualService(traffic));
    const seen = await shares();
    expect(seen).toMatchObject({ v1: 1, v2: 0 });
    expect(seen.mirrored).toBeCloseTo(share, 1);
  });

  it.each(['tcp', 'tls'] as const)('over %s follow the split of connections', async (protocol) => {
    const connections = { ...service, protocol };
    deploy(connections);
    const traffic = aTraffic({ service: connections, exposure: { weight: basisPoints(2_000) } });
    write(renderDestinationRule(traffic));
    write(renderVirtualService(traffic));
    expect((await shares(connections)).v2).toBeCloseTo(0.2, 1);
  });

  it('reach versions that are Services of their own by their hosts', async () => {
    const split = { ...service, versionHost: 'catalog-{version}.shop.svc.cluster.local' };
    deploy(split);
    write(renderVirtualService(aTraffic({ service: split })));
    const seen = await shares(split);
    expect(seen.v2).toBeCloseTo(0.1, 1);
    expect(seen.v1 + seen.v2).toBe(1);
    mesh.setVersion(split, v2, { readyEndpoints: 0 });
    expect((await shares(split)).lost.UH).toBeGreaterThan(0);
  });

  it('come to a delegate through its root, and not at all without one', async () => {
    const place = at('leaf');
    const traffic = aTraffic({
      service: { ...service, ownership: { kind: 'delegate', virtualService: place } },
    });
    deploy();
    write(renderDestinationRule(traffic));
    write(renderVirtualService(traffic));
    expect((await shares()).v2).toBeCloseTo(0.5, 1);
    put('root', {
      hosts: ['shop.example'],
      gateways: ['istio-ingress/public'],
      http: [{ match: [{ uri: { prefix: '/catalog' } }], delegate: { name: 'leaf' } }],
    });
    expect((await shares()).v2).toBeCloseTo(0.1, 1);
  });

  it('follow an adopted VirtualService at the edge, whatever else it routes', async () => {
    deploy(service, 0.2);
    const adopting: Traffic = aTraffic({
      service: { ...service, ownership: { kind: 'adopted', virtualService: at('shop') } },
      exposure: { weight: basisPoints(0), routes: [testers] },
    });
    write(renderDestinationRule(adopting));
    const to = (host: string) => [{ destination: { host, subset: 'v1' } }];
    const object = put('shop', {
      hosts: ['shop.example'],
      gateways: ['istio-ingress/public'],
      http: [
        { name: 'cart', match: [{ uri: { prefix: '/cart' } }], route: to('cart') },
        { name: 'catalog', match: [{ uri: { prefix: '/catalog' } }], route: to('catalog') },
      ],
    });
    expect(await shares()).toMatchObject({ v1: 1 });
    const live = mesh.apiServer.find(object);
    const adoption = live && adopt(adopting, live);
    if (adoption?.kind !== 'patch') throw new Error('there is something to adopt');
    const after = applyPatch(live, adoption.operations);
    mesh.put({ ...object, spec: after?.spec }, 'spillway');
    const seen = await shares();
    expect(seen.v2).toBeCloseTo(0.2, 1);
    expect(seen.lost).toEqual({ NC: 0, UH: 0, NR: 0 });
  });

  it('and their copies are the same however the windows are cut', async () => {
    deploy(service, 0.3);
    const mirror = { share: basisPoints(5_000), methods: 'all' } as const;
    const exposure = { weight: basisPoints(0), routes: [testers], mirror };
    write(renderDestinationRule(aTraffic()));
    write(renderVirtualService(aTraffic({ exposure })));
    await time.advance(minute);
    const cuts = [start, start + 777, start + 31_000, start + minute].map(instant);
    const parts = cuts.slice(1).map((to, i) => mesh.requests(service, cuts[i] ?? start, to));
    const whole = mesh.requests(service, start, instant(start + minute));
    const sum = (of: (part: typeof whole) => number) => parts.reduce((n, part) => n + of(part), 0);
    expect(sum(({ mirrored }) => mirrored.get(v2)?.requests ?? 0)).toBe(
      whole.mirrored.get(v2)?.requests,
    );
    expect(sum(({ versions }) => versions.get(v2)?.requests ?? 0)).toBe(
      whole.versions.get(v2)?.requests,
    );
  });
});
