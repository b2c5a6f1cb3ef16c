import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { waitForRelease } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { documents } from './documents.js';
import { expectSoundHistory } from './history.js';
import { openStage, readyStage, type Stage } from './stage.js';

const services = Array.from({ length: 20 }, (_, index) => `shop/service-${index}`);

let database: FreshDatabase;
let api: Stage;
let workers: readonly Stage[];
beforeAll(async () => {
  database = await freshDatabase();
  const databaseUrl = database.url;
  api = await readyStage({ databaseUrl, role: 'api', services, requestsPerSecond: 20 });
  const { world } = api.controlPlane.engine;
  workers = await Promise.all([1, 2].map(() => openStage({ databaseUrl, role: 'worker', world })));
  await Promise.all(workers.map(({ controlPlane }) => controlPlane.started));
  for (const name of services) await api.client.services.put({ ...documents.service, name });
});
afterAll(async () => {
  await Promise.all([api, ...workers].map((stage) => stage.stop()));
  await database.drop();
  expect([api, ...workers].flatMap(({ log }) => log.errors)).toEqual([]);
});

it('two workers release twenty services at once, each with a sound history', async () => {
  const started = await Promise.all(
    services.map((service) =>
      api.client.releases.start({ service, candidate: 'v2', strategy: 'steady' }),
    ),
  );
  const ended = await Promise.all(
    started.map(({ id }) => waitForRelease(api.client, id, { timeoutMs: 60_000 })),
  );
  expect(new Set(ended.map(({ phase }) => phase))).toEqual(new Set(['succeeded']));
  for (const { id, progress } of ended) {
    const types = await expectSoundHistory(api.controlPlane, id);
    for (const type of ['stepStarted', 'stepCompleted']) {
      expect(types.filter((one) => one === type)).toHaveLength(progress.steps);
    }
  }
}, 90_000);
