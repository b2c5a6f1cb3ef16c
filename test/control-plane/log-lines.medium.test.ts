import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@spillway/application';
import { waitForRelease } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { documents } from './documents.js';
import { historyOf } from './history.js';
import { readyStage, type Stage } from './stage.js';

interface Line {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

interface Told {
  readonly id: string;
  readonly event: StoredEvent['event'];
}

let database: FreshDatabase;
let stage: Stage;
let history: readonly Told[];
let lines: readonly Line[];

const service = documents.service.name;

const eventsOf = async (id: string): Promise<readonly Told[]> =>
  (await historyOf(stage.controlPlane, id)).events.map(({ event }) => ({ id, event }));

/** One that fails its analysis. */
async function judged(): Promise<readonly Told[]> {
  const wanted = { service, candidate: 'v3', strategy: 'judged' };
  const { id } = await stage.client.releases.start(wanted);
  expect((await waitForRelease(stage.client, id)).phase).toBe('rolledBack');
  return eventsOf(id);
}

/** One that somebody aborts at its pause. */
async function aborted(): Promise<readonly Told[]> {
  const { releases } = stage.client;
  const { id } = await releases.start({ service, candidate: 'v2', strategy: 'waiting' });
  for await (const { phase } of releases.watch(id)) if (phase === 'paused') break;
  await releases.abort(id, { comment: 'not today' });
  expect((await waitForRelease(stage.client, id)).phase).toBe('rolledBack');
  return eventsOf(id);
}

beforeAll(async () => {
  database = await freshDatabase();
  stage = await readyStage({ databaseUrl: database.url });
  try {
    history = [...(await judged()), ...(await aborted())];
  } finally {
    await stage.stop();
  }
  lines = stage.log.lines.map(({ fields, message }) => ({ fields: { ...fields }, message }));
}, 180_000);
afterAll(async () => {
  await database.drop();
  expect(stage.log.errors).toEqual([]);
});

const clusters: readonly string[] = documents.service.clusters;

describe('the lines of whole releases', () => {
  it('are one for each event, with its release, service and actor', () => {
    const told = lines.filter(({ fields }) => 'event' in fields);
    const linesOfEvents = history.map(({ id, event: { type, actor, because } }) =>
      expect.objectContaining({
        fields: expect.objectContaining({ release: id, service, event: type, actor }),
        message: because,
      }),
    );
    expect(told).toHaveLength(history.length);
    expect(told).toEqual(expect.arrayContaining(linesOfEvents));
    const types = history.map(({ event }) => event.type);
    expect(types).toEqual(expect.arrayContaining(['created', 'trafficApplied', 'rollbackStarted']));
  });

  it('name the cluster and the generation wherever something is written, or read back', () => {
    const written = history.flatMap(({ event }) => {
      if ('traffic' in event) return [event.traffic.generation];
      return 'generation' in event && 'cluster' in event ? [event.generation] : [];
    });
    const told = lines.filter(({ fields }) => 'generation' in fields);
    const generations = told.map(({ fields }) => fields['generation'] as number);
    expect(generations.toSorted((a, b) => a - b)).toEqual(written.toSorted((a, b) => a - b));
    for (const { fields } of told) {
      const where = 'cluster' in fields ? [fields['cluster']] : fields['clusters'];
      expect(clusters).toEqual(expect.arrayContaining(where as string[]));
    }
  });

  it('have a field for every cluster and release that their words are about', () => {
    const ids = [...new Set(history.map(({ id }) => id))];
    const bare: string[] = [];
    for (const { fields, message } of lines) {
      const release = ids.find((id) => message.includes(id));
      if (release !== undefined) expect(fields).toHaveProperty('release', release);
      const [named] = clusters.filter((cluster) => message.includes(cluster));
      const told = [fields['cluster'], fields['clusters']].flat();
      if (named !== undefined && !told.includes(named)) bare.push(message);
    }
    expect(bare).toEqual([]);
  });

  it('name no trace where none is written', () => {
    expect(lines.filter(({ fields }) => 'trace_id' in fields)).toEqual([]);
  });
});
