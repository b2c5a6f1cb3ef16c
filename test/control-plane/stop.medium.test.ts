import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSpillwayClient, waitForRelease, type Release } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { documents } from './documents.js';
import { expectSoundHistory } from './history.js';
import { openStage, readyStage, token, type Stage } from './stage.js';

let database: FreshDatabase;
const stages: Stage[] = [];
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await Promise.all(stages.map((stage) => stage.stop()));
  await database.drop();
  expect(stages.splice(0).flatMap(({ log }) => log.errors)).toEqual([]);
});

async function first(): Promise<Stage> {
  const stage = await readyStage({ databaseUrl: database.url });
  stages.push(stage);
  return stage;
}

/** Another process, as far as it can tell, over the same clusters. */
async function next({ controlPlane }: Stage): Promise<Stage> {
  const { world } = controlPlane.engine;
  const stage = await openStage({ databaseUrl: database.url, world });
  await stage.controlPlane.started;
  stages.push(stage);
  return stage;
}

const start = { service: documents.service.name, candidate: 'v2', strategy: 'steady' };

async function stopFirst(): Promise<void> {
  await stages.shift()?.stop();
}

/** A plain reader of the event stream, which has had its first event. */
async function watch(stage: Stage, id: string): Promise<{ readonly ended: Promise<void> }> {
  const { body } = await fetch(`${stage.url}/api/v1/releases/${id}/watch`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
  });
  if (body === null) throw new Error('the stream has no body');
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const read = async (until: string): Promise<void> => {
    const { done, value = '' } = await reader.read();
    if (!done && !value.includes(until)) await read(until);
  };
  await read('event: release');
  return { ended: read('there is no such text') };
}

describe('stopping in the middle of a release', () => {
  it('ends the streams of those who watch, and the next process finishes the release', async () => {
    const stage = await first();
    const { id } = await stage.client.releases.start(start);
    const watching = await watch(stage, id);
    await stopFirst();
    await watching.ended;
    expect(stage.log.errors).toEqual([]);

    const other = await next(stage);
    const release = await waitForRelease(other.client, id, { timeoutMs: 20_000 });
    expect(release.phase).toBe('succeeded');
    await expectSoundHistory(other.controlPlane, id);
  }, 60_000);

  it('is not noticed by an SDK that finds the next process at the same address', async () => {
    const stage = await first();
    let { url } = stage;
    const client = createSpillwayClient({
      baseUrl: url,
      token,
      backOffMs: 20,
      fetch: (request) => fetch(new Request(request.url.replace(stage.url, url), request)),
    });
    const { id } = await client.releases.start(start);
    const seen: Release[] = [];
    const ended = waitForRelease(client, id, {
      pollMs: 50,
      timeoutMs: 40_000,
      onChange: (release) => seen.push(release),
    });
    for (let restart = 0; restart < 3; restart += 1) {
      const other = await next(stage);
      ({ url } = other);
      await stopFirst();
    }
    expect((await ended).phase).toBe('succeeded');
    const revisions = seen.map(({ revision }) => revision);
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
  }, 60_000);
});
