import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitForRelease, type Release } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { documents } from './documents.js';
import { expectSoundHistory } from './history.js';
import { readyStage, token, type Stage } from './stage.js';

let database: FreshDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await freshDatabase();
  stage = await readyStage({ databaseUrl: database.url });
});
afterAll(async () => {
  await stage.stop();
  await database.drop();
  expect(stage.log.errors).toEqual([]);
});

const service = documents.service.name;
const start = (candidate: string, strategy: keyof typeof documents.strategies) =>
  stage.client.releases.start({ service, candidate, strategy });

/** Every state that the subscription tells of, to the last. */
async function subscribed(id: string): Promise<readonly Partial<Release>[]> {
  const client = createClient({
    url: `${stage.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  const query = `subscription { releaseChanged(id: "${id}") { revision phase final } }`;
  const told: Partial<Release>[] = [];
  for await (const { data } of client.iterate<{ releaseChanged: Partial<Release> }>({ query })) {
    if (data) told.push(data.releaseChanged);
  }
  await client.dispose();
  return told;
}

/** Every state that the event stream tells of, to the last. */
async function watched(id: string): Promise<readonly Release[]> {
  const told: Release[] = [];
  for await (const release of stage.client.releases.watch(id)) told.push(release);
  return told;
}

async function graphql(query: string): Promise<unknown> {
  const response = await fetch(`${stage.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

describe('a whole release', () => {
  it('is told alike by REST, GraphQL, its subscription and the event stream', async () => {
    const { id } = await start('v2', 'judged');
    const [told, seen] = await Promise.all([subscribed(id), watched(id)]);
    const release = await stage.client.releases.get(id);
    expect(release).toMatchObject({ phase: 'succeeded', final: true, candidate: 'v2' });
    expect(told.at(-1)).toEqual({
      revision: release.revision,
      phase: 'succeeded',
      final: true,
    });
    expect(seen.at(-1)).toEqual(release);
    for (const revisions of [told, seen].map((all) => all.map(({ revision = 0 }) => revision))) {
      expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    }
    expect(
      await graphql(`{ release(id: "${id}") { id phase because revision rollouts { cluster } } }`),
    ).toMatchObject({
      data: {
        release: {
          id,
          phase: 'succeeded',
          because: release.because,
          revision: release.revision,
          rollouts: [{ cluster: 'eu-west' }, { cluster: 'us-east' }],
        },
      },
    });
    expect((await stage.client.services.get(service)).stable).toBe('v2');
    await expectSoundHistory(stage.controlPlane, id);
  });

  it('is taken back when the version is bad, and says by which figures', async () => {
    const { id } = await start('v3', 'judged');
    const release = await waitForRelease(stage.client, id);
    expect(release.phase).toBe('rolledBack');
    const types = await expectSoundHistory(stage.controlPlane, id);
    expect(types).toContain('rollbackStarted');
    const { items: looks } = await stage.client.releases.looks(id, { metric: 'success-rate' });
    const failed = looks.find(({ verdict }) => verdict?.kind === 'fail');
    expect(failed).toMatchObject({ reading: { kind: 'value' }, query: expect.any(String) });
    const { items: events } = await stage.client.releases.events(id);
    const rollback = events.find(({ type }) => type === 'rollbackStarted');
    expect(rollback?.verdicts).toContainEqual(failed?.verdict);
    expect((await stage.client.services.get(service)).stable).toBe('v2');
  });
});
