import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@spillway/application/testing';
import { createSpillwayClient, hasCode, waitForRelease } from '@spillway/sdk';
import { Cable } from './cable.js';
import { documents } from './documents.js';
import { expectSoundHistory } from './history.js';
import { openStage, readyStage, token, type Stage } from './stage.js';
import { StandbyPair } from './standby-pair.js';

const services = Array.from({ length: 10 }, (_, index) => `shop/service-${index}`);
/** Are under way when the primary dies. */
const early = services.slice(0, 4);
/** Are asked for one after another, meanwhile and after it. */
const late = services.slice(4);

let pair: StandbyPair;
let cable: Cable;
let api: Stage;
/** The API, and two workers. */
const stages: Stage[] = [];

beforeAll(async () => {
  pair = await StandbyPair.start();
  cable = await Cable.to(pair.primary.url);
  const shared = {
    databaseUrl: cable.url,
    env: { SPILLWAY_MIGRATE: 'true', SPILLWAY_DB_STATEMENT_TIMEOUT_MS: '2000' },
  };
  api = await readyStage({ ...shared, role: 'api', services, requestsPerSecond: 20 });
  stages.push(api);
  const { world } = api.controlPlane.engine;
  for (const role of ['worker', 'worker'] as const) {
    stages.push(await openStage({ ...shared, role, world }));
  }
  await Promise.all(stages.map(({ controlPlane }) => controlPlane.started));
  for (const name of services) await api.client.services.put({ ...documents.service, name });
}, 60_000);
afterAll(async () => {
  await Promise.all(stages.map((stage) => stage.stop()));
  cable.cut();
  await pair.stop();
});

const start = (service: string) => ({ service, candidate: 'v2', strategy: 'steady' });

/** Each service's release, asked for once under a key of its own, and once more where nobody answered. */
class Orders {
  readonly accepted = new Set<string>();
  readonly refused: string[] = [];
  private readonly impatient = createSpillwayClient({ baseUrl: api.url, token, attempts: 1 });

  async place(service: string): Promise<void> {
    try {
      const options = { idempotencyKey: `order-of-${service}` };
      const { id } = await this.impatient.releases.start(start(service), options);
      this.accepted.add(id);
    } catch (error) {
      if (!hasCode(error, 'DATABASE_UNAVAILABLE')) throw error;
      this.refused.push(service);
    }
  }
}

async function readiness(): Promise<readonly number[]> {
  const answers = stages.map(({ url }) => fetch(`${url}/health/ready`));
  return (await Promise.all(answers)).map(({ status }) => status);
}

const locksAt = async (server: StandbyPair['standby']): Promise<number> => {
  const [row] = await server.ask(
    `select count(*)::int as n from pg_locks where locktype = 'advisory' and granted`,
  );
  return Number(row?.['n']);
};

describe('a primary that is killed while its standby has all that was answered', () => {
  it('costs time and answers, and nothing that was accepted', async () => {
    const orders = new Orders();
    await Promise.all(early.map((service) => orders.place(service)));
    expect(orders.refused).toEqual([]);
    const [first = ''] = orders.accepted;
    for await (const { progress } of api.client.releases.watch(first)) {
      if (progress.stepIndex >= 1) break;
    }

    const ordering = (async () => {
      for (const service of late.slice(0, -2)) await orders.place(service);
    })();
    await until(() => orders.accepted.size > early.length);
    await pair.primary.kill();

    // The address leads to the standby before that may take writes.
    cable.leadTo(pair.standby.url);
    await ordering;
    const answer = await fetch(`${api.url}/api/v1/releases`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await readiness()).toEqual([503, 503, 503]);
    expect(await locksAt(pair.standby)).toBe(0);

    await pair.promote();
    await until(async () => (await readiness()).every((status) => status === 200));
    for (const service of [...orders.refused.splice(0), ...late.slice(-2)]) {
      await orders.place(service);
    }
    expect(orders.refused).toEqual([]);
    expect(orders.accepted.size).toBe(services.length);
    await Promise.all(
      [...orders.accepted].map(async (id) => {
        const { phase, progress } = await waitForRelease(api.client, id, { timeoutMs: 60_000 });
        expect(phase).toBe('succeeded');
        const types = await expectSoundHistory(api.controlPlane, id);
        const completed = types.filter((type) => type === 'stepCompleted');
        expect(completed).toHaveLength(progress.steps);
      }),
    );
    const list = await api.client.releases.list({ limit: 100 });
    expect(new Set(list.items.map(({ id }) => id))).toEqual(orders.accepted);

    // Who holds locks and who listens does so at the new primary.
    expect(await locksAt(pair.standby)).toBeGreaterThan(0);
    const listeners = await pair.standby.ask(
      `select from pg_stat_activity where query like 'LISTEN "jobs:insert"%'`,
    );
    expect(listeners.length).toBeGreaterThan(0);
    const { database } = api.controlPlane.engine;
    expect(database.accessFeed.isLive()).toBe(true);
    expect(stages.flatMap(({ log }) => log.errors)).toEqual([]);
  }, 120_000);
});
