import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventHash } from '@spillway/application/testing';
import { waitForRelease, type ReleaseEvent } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import pg from 'pg';
import { documents } from './documents.js';
import { readyStage, token, type Stage } from './stage.js';

let database: FreshDatabase;
let stage: Stage;
let id: string;
beforeAll(async () => {
  database = await freshDatabase();
  stage = await readyStage({ databaseUrl: database.url });
  const start = { service: documents.service.name, candidate: 'v2', strategy: 'quick' };
  ({ id } = await stage.client.releases.start(start));
  await waitForRelease(stage.client, id);
  await append({
    type: 'ofTheVersionAfter',
    because: 'a newer version did something',
    actor: 'spillway',
    at: Date.now(),
    reason: { kind: 'ofTheVersionAfter', detail: 'nobody here knows' },
    shards: [{ name: 'one' }],
  });
});
afterAll(async () => {
  await stage.stop();
  await database.drop();
});

/** Writes an event as a process of a newer version does. */
async function append(event: object): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const last = await client.query<{ sequence: number; hash: string }>(
    'select sequence, hash from events where release = $1 order by sequence desc limit 1',
    [id],
  );
  const { sequence, hash } = last.rows[0] ?? { sequence: 0, hash: '' };
  await client.query(
    'insert into events (release, sequence, type, event, hash) values ($1, $2, $3, $4, $5)',
    [id, sequence + 1, 'ofTheVersionAfter', event, eventHash(hash, event as never)],
  );
  await client.query('update releases set revision = revision + 1 where id = $1', [id]);
  await client.end();
}

async function query(text: string): Promise<unknown> {
  const answer = await fetch(`${stage.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: text }),
  });
  return answer.json();
}

const known = { type: 'ofTheVersionAfter', because: 'a newer version did something' };

describe('an event that only a newer version knows', () => {
  it('is listed with what all events have', async () => {
    const all: ReleaseEvent[] = [];
    for await (const event of stage.client.releases.allEvents(id)) all.push(event);
    expect(all.at(-1)).toMatchObject({ ...known, sequence: all.length, actor: 'spillway' });
  });

  it('is in the answer of GraphQL', async () => {
    const answer = await query(
      `{ release(id: "${id}") { events(first: 200) { edges { node { type because } } } } }`,
    );
    const edges = expect.arrayContaining([{ node: known }]);
    expect(answer).toEqual({ data: { release: { events: { edges } } } });
  });

  it('is told to those who follow', async () => {
    const response = await fetch(`${stage.url}/api/v1/releases/${id}/watch`, {
      headers: { authorization: `Bearer ${token}`, 'last-event-id': '0' },
    });
    expect(await response.text()).toContain(known.because);
  });

  it('does not keep the release from being read, or the service from the next', async () => {
    expect((await stage.client.releases.get(id)).phase).toBe('succeeded');
    const start = { service: documents.service.name, candidate: 'v1', strategy: 'quick' };
    const next = await stage.client.releases.start(start);
    expect((await waitForRelease(stage.client, next.id)).phase).toBe('succeeded');
  });
});
