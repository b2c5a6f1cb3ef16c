import { once } from 'node:events';
import { connect } from 'node:http2';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CookieClient } from '../src/data-plane/index.js';
import { expectShare, expectSplit, inTurns, many } from './share.js';
import { edgeOf, StagedService } from './staged-service.js';
import { TrafficStage } from './traffic-stage.js';

let stage: TrafficStage;
beforeAll(async () => {
  stage = await TrafficStage.start();
}, 1_200_000);
afterAll(() => stage.stop());

test('a canary gets its weight in the mesh and at the edge, from 0.01 percent on', async () => {
  const service = await StagedService.create(stage, 'canary', { edge: edgeOf('canary') });
  const release = await service.release([
    { setWeight: 0.01 },
    { setWeight: 10 },
    { setWeight: 50 },
  ]);
  const route = (await stage.sidecar.routes()).find(({ name }) => name.startsWith('canary.'));
  expect(route?.clusters.map(({ weight }) => weight)).toEqual([9_999, 1]);
  await release.next();
  expectSplit(await stage.sidecar.requests.burst(many, service.inMesh), 0.1);
  await release.next();
  expectSplit(await stage.plane.gateway.requests.burst(many, service.atEdge), 0.5);
  await release.finish();
  const after = await stage.sidecar.requests.burst(many, service.inMesh);
  expect(after.byVersion).toEqual({ v2: many });
});

test('whoever has a cookie stays with a version until the release is over', async () => {
  const service = await StagedService.create(stage, 'sticky', { edge: edgeOf('sticky') });
  const sticky = { cookie: 'catalog-version', lifetime: '1h' };
  const weights = [20, 30, 45, 60, 80, 90];
  const release = await service.release(
    weights.map((setWeight) => ({ setWeight })),
    { sticky },
  );
  const clients = Array.from({ length: 60 }, (_, i) =>
    i % 2 === 0
      ? stage.sidecar.requests.client(service.inMesh)
      : stage.plane.gateway.requests.client(service.atEdge),
  );
  const first = await versionsOf(clients);
  expect(new Set(first)).toEqual(new Set(['v1', 'v2']));
  for (let step = 0; step < weights.length; step += 1) {
    if (step > 0) await release.next();
    for (let round = 0; round < 15; round += 1) expect(await versionsOf(clients)).toEqual(first);
  }
  await release.abort();
  expect(await versionsOf(clients)).toEqual(clients.map(() => 'v1'));

  // Nobody is bound by a cookie of the release before.
  const next = await service.release([{ setWeight: 99 }], { sticky });
  const later = await versionsOf(clients);
  expect(later.filter((version, i) => version === 'v2' && first[i] === 'v1')).not.toEqual([]);
  await next.finish();
});

const versionsOf = (clients: readonly CookieClient[]): Promise<readonly (string | undefined)[]> =>
  Promise.all(clients.map((client) => client.version()));

test('connections are shared out by weight', async () => {
  const service = await StagedService.create(stage, 'ledger', { protocol: 'tcp', port: 5432 });
  const release = await service.release([{ setWeight: 20 }]);
  const port = stage.sidecar.port(`${service.inMesh.host}:5432`);
  const connection = async (): Promise<string> => {
    const socket = createConnection(port, '127.0.0.1');
    const [banner] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return banner.toString().split(' ')[0] ?? '';
  };
  const versions = await inTurns(many, connection);
  expectShare(versions.filter((version) => version === 'v2').length, many, 0.2);
  await release.abort();
  expect(new Set(await inTurns(200, connection))).toEqual(new Set(['v1']));
});

test('calls of gRPC are shared out one by one, though they share a connection', async () => {
  const service = await StagedService.create(stage, 'ratings', { protocol: 'grpc' });
  const release = await service.release([{ setWeight: 20 }]);
  const session = connect(stage.sidecar.url);
  const call = async (): Promise<unknown> => {
    const stream = session.request({
      ':method': 'POST',
      ':path': '/ratings.Ratings/Get',
      ':authority': service.inMesh.host,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    stream.resume().end(Buffer.alloc(5));
    const of = async (event: string) =>
      ((await once(stream, event)) as [Readonly<Record<string, unknown>>])[0];
    const [headers, trailers] = await Promise.all([of('response'), of('trailers')]);
    expect(trailers['grpc-status']).toBe('0');
    return headers['x-version'];
  };
  try {
    const versions = await inTurns(many, call);
    expectShare(versions.filter((version) => version === 'v2').length, many, 0.2);
    await release.abort();
    expect(new Set(await inTurns(200, call))).toEqual(new Set(['v1']));
  } finally {
    session.close();
  }
});

test('versions may be Services of their own', async () => {
  const service = await StagedService.create(stage, 'wares', { versionHost: 'wares-{version}' });
  const release = await service.release([{ setWeight: 30 }]);
  expectSplit(await stage.sidecar.requests.burst(many, service.inMesh), 0.3);
  await release.finish();
  const after = await stage.sidecar.requests.burst(500, service.inMesh);
  expect(after.byVersion).toEqual({ v2: 500 });
});
