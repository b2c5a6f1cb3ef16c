import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StreamReader } from '@spillway/interface-rest/testing';
import { freshDatabase } from '@spillway/testing/postgres';
import { documents } from './documents.js';
import { openStage, token, type Stage } from './stage.js';

/** Small and always the same: a failing run is to be repeated. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const names = Array.from({ length: 6 }, (_, index) => `shop/watched-${index}`);

let database: Awaited<ReturnType<typeof freshDatabase>>;
let stage: Stage;

beforeAll(async () => {
  database = await freshDatabase();
  stage = await openStage({ databaseUrl: database.url, services: names });
  await stage.controlPlane.started;
  const { client } = stage;
  for (const cluster of documents.clusters) await client.clusters.put(cluster);
  for (const name of names) await client.services.put({ ...documents.service, name });
  await client.strategies.put(documents.strategies.quick);
});
afterAll(async () => {
  await stage.stop();
  await database.drop();
});

interface Following {
  readonly path: string;
  readonly chance: () => number;
  readonly signal: AbortSignal;
  readonly onOpen: () => void;
}

/** Follows, cuts the line after a few events at random, and begins again after the last id. */
async function* follow({ path, chance, signal, onOpen }: Following) {
  let lastId: string | undefined;
  while (!signal.aborted) {
    const cut = new AbortController();
    const headers = {
      authorization: `Bearer ${token}`,
      ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
    };
    const stop = (): void => cut.abort();
    signal.addEventListener('abort', stop);
    try {
      const response = await fetch(`${stage.url}/api/v1${path}`, { headers, signal: cut.signal });
      onOpen();
      const reader = new StreamReader(response.body);
      for (
        let block = await reader.nextEvent();
        block !== undefined;
        block = await reader.nextEvent()
      ) {
        [, lastId = lastId] = /^id: (.*)$/m.exec(block) ?? [];
        const [, data] = /^event: event\n.*\ndata: (.*)$/.exec(block) ?? [];
        if (data !== undefined) yield keyOf(data);
        if (chance() < 0.2) break;
      }
    } catch (error) {
      if (!cut.signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      cut.abort();
    }
  }
}

function keyOf(data: string): string {
  const { release, sequence } = JSON.parse(data) as { release: string; sequence: number };
  return `${release} ${sequence}`;
}

describe('watching all releases', () => {
  it('loses and repeats nothing over broken lines while many write', async () => {
    const chance = dice(20_261_121);
    const enough = new AbortController();
    const told = [1, 2, 3].map((): string[] => []);
    let open = 0;
    const onOpen = (): void => void (open += 1);
    const following = { path: '/releases/watch', chance, signal: enough.signal, onOpen };
    const opened = told.map((keys) => collect(keys, following));
    await until(() => open >= told.length);
    const started = await Promise.all(
      names.map((service) =>
        stage.client.releases.start({ service, candidate: 'v2', strategy: 'quick' }),
      ),
    );
    const wanted: string[] = [];
    for (const { id } of started) {
      for await (const { phase } of stage.client.releases.watch(id)) {
        if (phase === 'succeeded') break;
      }
      for await (const { sequence } of stage.client.releases.events(id)) {
        wanted.push(`${id} ${sequence}`);
      }
    }
    await until(() => told.every(({ length }) => length >= wanted.length));
    enough.abort();
    await Promise.all(opened);
    for (const keys of told) expect(keys.toSorted()).toEqual(wanted.toSorted());
  }, 60_000);
});

async function collect(keys: string[], following: Following): Promise<void> {
  for await (const key of follow(following)) keys.push(key);
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
