import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../src/index.js';
import type { KubeObject } from '../src/kube-http.js';
import { gatewayName, istio, to } from './objects.js';
import { expectShare, expectSplit, many } from './share.js';
import type { StagedRelease } from './staged-release.js';
import { StagedService } from './staged-service.js';
import { TrafficStage } from './traffic-stage.js';

let stage: TrafficStage;
beforeAll(async () => {
  stage = await TrafficStage.start();
}, 1_200_000);
afterAll(() => stage.stop());

const hostOf = (name: string): string => `${name}.shop.svc.cluster.local`;

const subsets = (name: string): KubeObject =>
  istio('DestinationRule', name, {
    host: hostOf(name),
    subsets: ['v1', 'v2'].map((version) => ({ name: version, labels: { version } })),
  });

const live = async (name: string): Promise<{ annotations: object; spec: VirtualServiceSpec }> => {
  const object = await stage.admin.readVirtualService('shop', name);
  const { annotations = {} } = (object?.metadata ?? {}) as { annotations?: object };
  return { annotations, spec: object?.['spec'] as VirtualServiceSpec };
};

interface VirtualServiceSpec {
  readonly http: {
    readonly name?: string;
    readonly route: { readonly weight?: number; readonly destination: { subset: string } }[];
  }[];
}

/** A dark launch of people's own before a catch-all, for the gateway and the mesh in one object. */
async function adopted(name: string, rest: readonly object[] = [to(hostOf(name), 'v1')]) {
  const dark = { match: [{ headers: { 'end-user': { exact: 'jason' } } }] };
  await stage.write(subsets(name));
  await stage.plane.settled();
  await stage.write(
    istio('VirtualService', name, {
      hosts: [hostOf(name), `${name}.example.com`],
      gateways: [gatewayName, 'mesh'],
      http: [
        { ...dark, route: [to(hostOf(name), 'v2')] },
        { name: 'rest', timeout: '3s', retries: { attempts: 2 }, route: rest },
      ],
    }),
  );
  return StagedService.create(stage, name, {
    routing: { adopt: { virtualService: `shop/${name}` } },
  });
}

test('an adopted VirtualService splits at the edge and in the mesh, and is given back as it was', async () => {
  const service = await adopted('theirs');
  const before = await live('theirs');
  const { sidecar, plane } = stage;
  const release = await service.release([{ setWeight: 10 }, { setWeight: 50 }]);
  expectSplit(await sidecar.requests.burst(many, service.inMesh), 0.1);
  await release.next();
  expectSplit(await plane.gateway.requests.burst(many, service.atEdge), 0.5);
  const jason = { headers: { 'end-user': 'jason' } };
  const dark = await sidecar.requests.burst(500, { ...service.inMesh, ...jason });
  expect(dark.byVersion).toEqual({ v2: 500 });
  await release.abort();
  expect((await live('theirs')).spec).toEqual(before.spec);
  await until(async () => Object.keys((await live('theirs')).annotations).length === 0, {
    what: 'nothing of Spillway is in it',
    withinMs: 5_000,
  });
  const after = await sidecar.requests.burst(many, service.inMesh);
  expect(after.byVersion).toEqual({ v1: many });
});

test('of an adopted split, what goes elsewhere keeps its share', async () => {
  const service = await adopted('shared', [
    to(hostOf('shared'), 'v1', 80),
    to(hostOf('elsewhere'), 'v1', 20),
  ]);
  await StagedService.create(stage, 'elsewhere');
  await stage.write(subsets('elsewhere'));
  const release = await service.release([{ setWeight: 50 }]);
  const elsewhere = { namespace: 'shop', name: 'elsewhere' };
  const countOf = () => stage.plane.upstreams.requests(elsewhere, 'v1').total;
  const before = countOf();
  const tally = await stage.sidecar.requests.burst(many, service.inMesh);
  expectShare(countOf() - before, many, 0.2);
  expectShare(tally.version('v2'), many, 0.4);
  const { phase } = await release.finish();
  expect(phase).toBe('succeeded');
  // Succeeded is said when all traffic is there; what was noted in people's object goes after that.
  const spec = await until(
    async () => {
      const { annotations, spec } = await live('shared');
      return Object.keys(annotations).length === 0 && spec;
    },
    { what: 'nothing of Spillway is in it', withinMs: 5_000 },
  );
  expect(spec.http[1]?.route).toEqual([
    to(hostOf('shared'), 'v2', 80),
    to(hostOf('elsewhere'), 'v1', 20),
  ]);
});

test('a delegate splits what its root hands over, and nothing else', async () => {
  const host = hostOf('handed');
  const prefix = (path: string) => ({ match: [{ uri: { prefix: path } }] });
  await stage.write(
    istio('VirtualService', 'handed', {
      hosts: [host, 'handed.example.com'],
      gateways: ['mesh', gatewayName],
      http: [
        { ...prefix('/reviews'), delegate: { name: 'handed-routes', namespace: 'shop' } },
        { ...prefix('/teapot'), directResponse: { status: 418 } },
      ],
    }),
  );
  const routing = { delegate: { virtualService: 'shop/handed-routes' } };
  const service = await StagedService.create(stage, 'handed', { routing });
  const release = await service.release([{ setWeight: 10 }, { setWeight: 50 }]);
  const reviews = { path: '/reviews/1' };
  const { sidecar, plane } = stage;
  expectSplit(await sidecar.requests.burst(many, { ...service.inMesh, ...reviews }), 0.1);
  await release.next();
  expectSplit(await plane.gateway.requests.burst(many, { ...service.atEdge, ...reviews }), 0.5);
  expect((await sidecar.requests.send({ ...service.inMesh, path: '/teapot' })).status).toBe(418);
  expect((await sidecar.requests.send({ ...service.inMesh, path: '/else' })).status).toBe(404);
  await release.finish();
  const after = await sidecar.requests.burst(500, { ...service.inMesh, ...reviews });
  expect(after.byVersion).toEqual({ v2: 500 });
});

test('foreign weights in an adopted VirtualService are seen within a second, put down to their author, and healed', async () => {
  const service = await adopted('edited');
  const release = await service.release([{ setWeight: 30 }]);
  await release.isBelieved();
  const { spec } = await live('edited');
  const edited = structuredClone(spec);
  for (const entry of edited.http[1]?.route ?? []) Object.assign(entry, { weight: 50 });
  const at = Date.now();
  await stage.admin.editVirtualService('shop', 'edited', { spec: edited });
  const drift = await driftOf(release);
  expect(Date.parse(drift.at) - at).toBeLessThan(1_000);
  expect(drift.because).toMatch(/kubectl-edit/);
  expect(drift.because).toContain(new Date(at).toISOString().slice(0, 16));
  await until(async () => (await weightsOf('edited')).includes(30), {
    what: 'the weights are back',
    withinMs: 5_000,
  });
  await stage.plane.settled();
  expectSplit(await stage.sidecar.requests.burst(many, service.inMesh), 0.3);
  await release.abort();
});

test('a VirtualService that somebody deletes in the middle of a release is drift too', async () => {
  const service = await StagedService.create(stage, 'deleted');
  const release = await service.release([{ setWeight: 30 }]);
  await release.isBelieved();
  const at = Date.now();
  await stage.admin.deleteVirtualService('shop', 'deleted-spillway');
  const drift = await driftOf(release);
  expect(Date.parse(drift.at) - at).toBeLessThan(1_000);
  await until(() => stage.admin.readVirtualService('shop', 'deleted-spillway'), {
    what: 'it is there again',
    withinMs: 5_000,
  });
  await stage.plane.settled();
  expectSplit(await stage.sidecar.requests.burst(many, service.inMesh), 0.3);
  await release.abort();
});

const weightsOf = async (name: string): Promise<readonly (number | undefined)[]> =>
  (await live(name)).spec.http[1]?.route.map(({ weight }) => weight) ?? [];

async function driftOf({ id }: StagedRelease): Promise<{ at: string; because: string }> {
  const found = async () => {
    for await (const event of stage.client.releases.allEvents(id)) {
      if (event.type === 'driftFound') return event;
    }
    return undefined;
  };
  return until(found, { what: 'the drift is noted', withinMs: 10_000 });
}
