import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import WebSocket from 'ws';
import { documents } from '../control-plane/documents.js';
import { furnish, openStage, token, type Stage } from '../control-plane/stage.js';
import { follow } from './follow.js';

const service = documents.service.name;
const authorization = `Bearer ${token}`;
let database: FreshDatabase;
let api: Stage;
let worker: Stage;

// What is told comes from another process than the one that works.
beforeAll(async () => {
  database = await freshDatabase();
  api = await openStage({ databaseUrl: database.url, role: 'api' });
  await api.controlPlane.started;
  await furnish(api);
  const { world } = api.controlPlane.engine;
  worker = await openStage({ databaseUrl: database.url, role: 'worker', world });
  await worker.controlPlane.started;
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await api.stop();
  await database.drop();
  expect([...api.log.errors, ...worker.log.errors]).toEqual([]);
});

const start = (candidate: string) =>
  api.client.releases.start({ service, candidate, strategy: 'quick' });

interface Told {
  readonly releasesChanged: {
    readonly position: string;
    readonly release: {
      readonly id: string;
      readonly phase: string;
      readonly final: boolean;
    } | null;
  };
}

const overSockets = () =>
  createWsClient({
    url: `${api.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
  });
const overEvents = () =>
  createSseClient({ url: `${api.url}/graphql/stream`, headers: { authorization } });

const all = `subscription ($after: String) { releasesChanged(service: "${service}", after: $after) {
  position release { id phase final } } }`;

describe.each([
  ['a socket', overSockets, 'v2', 'v3'],
  ['an event stream', overEvents, 'v2', 'v1'],
] as const)('over %s', (_, connect, candidate, next) => {
  it('all releases are told of from the first message on, and again from any message on', async () => {
    const client = connect();
    let id: string | undefined;
    const told = await follow<Told>(client, { query: all }, async ({ releasesChanged }) => {
      id ??= (await start(candidate)).id;
      return releasesChanged.release?.final === true;
    });
    expect(told[0]?.releasesChanged).toEqual({ position: expect.any(String), release: null });
    const last = { id, phase: 'succeeded', final: true };
    expect(told.at(-1)?.releasesChanged.release).toEqual(last);

    const position = told[1]?.releasesChanged.position;
    const variables = { after: position };
    let heard = 0;
    const again = await follow<Told>(client, { query: all, variables }, () => ++heard === 2);
    expect(again[0]?.releasesChanged).toEqual({ position, release: null });
    expect(again[1]?.releasesChanged.release).toMatchObject({ id, phase: 'succeeded' });
    await client.dispose();
  });

  it('a service is told of with what is live where, until all of it has changed', async () => {
    const client = connect();
    const query = `subscription { serviceChanged(name: "${service}") {
      stable currentRelease { id } live { cluster versions { version weight } } } }`;
    let started: Promise<unknown> | undefined;
    const told = await follow<ServiceTold>(client, { query }, ({ serviceChanged }) => {
      started ??= start(next);
      return serviceChanged.stable === next && serviceChanged.currentRelease === null;
    });
    await started;
    const lives = told.map(({ serviceChanged }) =>
      serviceChanged.live.map(({ versions }) => shown(versions)).join(' '),
    );
    expect(lives[0]).toBe(`${candidate} 100 ${candidate} 100`);
    expect(lives.at(-1)).toBe(`${next} 100 ${next} 100`);
    await client.dispose();
  });
});

interface Version {
  readonly version: string;
  readonly weight: number;
}

interface ServiceTold {
  readonly serviceChanged: Service;
}

interface Service {
  readonly stable: string;
  readonly currentRelease: object | null;
  readonly live: readonly { readonly cluster: string; readonly versions: readonly Version[] }[];
}

const shown = (versions: readonly Version[]): string =>
  versions.map(({ version, weight }) => `${version} ${weight}`).join(' + ');
