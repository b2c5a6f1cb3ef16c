import {
  renderDestinationRule,
  renderVirtualService,
  routingName,
  type MeshService,
  type Traffic,
} from '@spillway/domain-istio';
import {
  basisPoints,
  clusterName,
  generation,
  instant,
  releaseId,
  serviceName,
  version,
  type Instant,
} from '@spillway/kernel';
import { describe, expect, it } from '@jest/globals';
import type { VersionCount } from './burst.js';
import { SimulatedMesh } from './simulated-mesh.js';
import { VirtualClock } from '@spillway/application/testing';

const service: MeshService = {
  service: serviceName('shop/catalog'),
  host: 'catalog.shop.svc.cluster.local',
  port: 8080,
  versionLabel: 'version',
};
const v1 = version('v1');
const v2 = version('v2');
const start = instant(1_700_000_000_000);
const minute = 60_000;
const nobody: VersionCount = { requests: 0, errors: 0 };

function aMesh({ seed = 7, rate = 1_000 } = {}): { mesh: SimulatedMesh; time: VirtualClock } {
  const time = new VirtualClock(start);
  const mesh = new SimulatedMesh({ cluster: clusterName('eu'), seed, clock: time, timers: time });
  mesh.setVersion(service, v1, { readyEndpoints: 2 });
  mesh.setVersion(service, v2, { readyEndpoints: 2 });
  mesh.setRequestRate(service, rate);
  return { mesh, time };
}

const split = (candidateWeight: number, subsets = [v1, v2]): Traffic => ({
  service,
  release: releaseId('r1'),
  generation: generation(1),
  stable: v1,
  candidate: v2,
  exposure: { weight: basisPoints(candidateWeight) },
  subsets,
});

function route(mesh: SimulatedMesh, traffic: Traffic): void {
  for (const object of [renderDestinationRule(traffic), renderVirtualService(traffic)]) {
    const { kind, metadata, spec } = object;
    mesh.put({ kind, ...metadata, spec }, 'spillway');
  }
}

/** Everything between two moments, by who got it. */
function requests(mesh: SimulatedMesh, from: Instant, to: Instant) {
  const { versions, lost } = mesh.requests(service, from, to);
  return { v1: versions.get(v1) ?? nobody, v2: versions.get(v2) ?? nobody, lost };
}

const since = (time: VirtualClock, ms: number): [Instant, Instant] => [
  instant(time.now() - ms),
  time.now(),
];

describe('simulated traffic', () => {
  it('comes at the rate that was set', async () => {
    const { mesh, time } = aMesh();
    await time.advance(minute);
    const seen = requests(mesh, start, time.now());
    expect(seen.v1.requests + seen.v2.requests).toBeGreaterThan(59_000);
    expect(seen.v1.requests + seen.v2.requests).toBeLessThan(61_000);
  });

  it('goes to all pods alike while nothing routes it', async () => {
    const { mesh, time } = aMesh();
    mesh.setVersion(service, v2, { readyEndpoints: 6 });
    await time.advance(minute);
    const seen = requests(mesh, start, time.now());
    expect(seen.v2.requests / seen.v1.requests).toBeCloseTo(3, 0);
  });

  it('follows the weights that were written, 110 ms later', async () => {
    const { mesh, time } = aMesh();
    await time.advance(1_000);
    route(mesh, split(0));
    await time.advance(minute);
    const [from, to] = since(time, minute);
    expect(requests(mesh, from, instant(from + 100)).v2.requests).toBeGreaterThan(0);
    expect(requests(mesh, instant(from + 110), to).v2).toEqual(nobody);
    route(mesh, split(1_000));
    await time.advance(minute);
    const [later, now] = since(time, minute);
    const shifted = requests(mesh, instant(later + 110), now);
    expect(shifted.v2.requests / shifted.v1.requests).toBeGreaterThan(0.1);
    expect(shifted.v2.requests / shifted.v1.requests).toBeLessThan(0.125);
    expect(requests(mesh, from, later).v2.requests).toBeLessThan(200);
  });

  it('keeps its routing while proxies are stuck, and follows what was written when they obey', async () => {
    const { mesh, time } = aMesh();
    route(mesh, split(0));
    await time.advance(minute);
    mesh.proxiesStuck();
    route(mesh, split(5_000));
    await time.advance(minute);
    expect(requests(mesh, ...since(time, minute)).v2).toEqual(nobody);
    mesh.proxiesObey();
    await time.advance(minute);
    const [later, now] = since(time, minute);
    expect(requests(mesh, later, instant(later + 100)).v2).toEqual(nobody);
    const { v1: stable, v2: candidate } = requests(mesh, instant(later + 110), now);
    expect(candidate.requests / stable.requests).toBeCloseTo(1, 1);
  });

  it('fails as often as a version does', async () => {
    const { mesh, time } = aMesh();
    mesh.setVersion(service, v2, { errorRate: 0.05 });
    await time.advance(minute);
    const seen = requests(mesh, start, time.now());
    expect(seen.v1.errors).toBe(0);
    expect(seen.v2.errors / seen.v2.requests).toBeCloseTo(0.05, 2);
  });

  it('fails without a version when a route names a subset that does not exist', async () => {
    const { mesh, time } = aMesh();
    route(mesh, split(5_000, [v1]));
    await time.advance(minute);
    const [from, to] = since(time, minute - 200);
    const seen = requests(mesh, from, to);
    expect(seen.v2).toEqual(nobody);
    expect(seen.lost.NC / seen.v1.requests).toBeCloseTo(1, 1);
  });

  it('fails without a version when a subset has no ready pod', async () => {
    const { mesh, time } = aMesh();
    mesh.setVersion(service, v2, { readyEndpoints: 0 });
    route(mesh, split(5_000));
    await time.advance(minute);
    const [from, to] = since(time, minute - 200);
    const seen = requests(mesh, from, to);
    expect(seen.v2).toEqual(nobody);
    expect(seen.lost.UH / seen.v1.requests).toBeCloseTo(1, 1);
  });

  it('finds no route when every route of the oldest VirtualService has a match', async () => {
    const { mesh, time } = aMesh();
    const http = [{ match: [{ uri: { prefix: '/x' } }], route: [] }];
    mesh.put({
      kind: 'VirtualService',
      namespace: 'shop',
      name: 'mine',
      spec: { hosts: ['catalog'], http },
    });
    route(mesh, split(5_000));
    await time.advance(minute);
    const [from, to] = since(time, minute - 200);
    const { lost, ...versions } = requests(mesh, from, to);
    expect(versions).toEqual({ v1: nobody, v2: nobody });
    expect(lost.NR).toBeGreaterThan(0);
  });

  it('goes on as before when all weights are 0, which proxies reject', async () => {
    const { mesh, time } = aMesh();
    route(mesh, split(10_000));
    await time.advance(minute);
    const destination = { host: service.host, subset: 'v1' };
    const zero = [
      { route: [destination, destination].map((to) => ({ destination: to, weight: 0 })) },
    ];
    mesh.editByHand({ kind: 'VirtualService', ...routingName(service) }, () => ({
      hosts: [service.host],
      http: zero,
    }));
    await time.advance(minute);
    const [from, to] = since(time, minute);
    const seen = requests(mesh, from, to);
    expect(seen.v2.requests).toBeGreaterThan(0);
    expect(seen.v1).toEqual(nobody);
  });

  it('is the same however its windows are cut and whenever somebody looks', async () => {
    const looked = aMesh();
    for (let i = 0; i < 60; i += 1) {
      await looked.time.advance(1_000);
      requests(looked.mesh, start, looked.time.now());
    }
    const unlooked = aMesh();
    await unlooked.time.advance(minute);
    const whole = requests(unlooked.mesh, start, instant(start + minute));
    expect(requests(looked.mesh, start, instant(start + minute))).toEqual(whole);
    const parts = [requests(looked.mesh, start, instant(start + 777))];
    parts.push(requests(looked.mesh, instant(start + 777), instant(start + minute)));
    const sum = parts.reduce((total, part) => total + part.v1.requests, 0);
    expect(sum).toBe(whole.v1.requests);
  });

  it('is other traffic with another seed', async () => {
    const one = aMesh({ seed: 1 });
    const two = aMesh({ seed: 2 });
    await one.time.advance(minute);
    await two.time.advance(minute);
    expect(requests(one.mesh, start, one.time.now())).not.toEqual(
      requests(two.mesh, start, two.time.now()),
    );
  });

  it('shows nothing of the future', async () => {
    const { mesh, time } = aMesh();
    expect(requests(mesh, start, instant(start + minute)).v1).toEqual(nobody);
    await time.advance(minute);
    expect(requests(mesh, start, instant(start + minute)).v1.requests).toBeGreaterThan(0);
  });

  it('is remembered for 30 minutes', async () => {
    const { mesh, time } = aMesh({ rate: 10 });
    await time.advance(90 * minute);
    const all = requests(mesh, start, time.now());
    const [from, to] = since(time, 30 * minute);
    expect(all).toEqual(requests(mesh, from, to));
    expect(all.v1.requests + all.v2.requests).toBeGreaterThan(17_000);
  });
});
