import { afterEach, expect, it } from '@jest/globals';
import { until } from '@spillway/application/testing';
import { freshDatabase } from '@spillway/testing/postgres';
import { waitForRelease } from '@spillway/sdk';
import { documents } from './documents.js';
import { scrape, total } from './scrape.js';
import { openStage, token } from './stage.js';

const clearUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of clearUp.splice(0).reverse()) await step();
});

it('a whole release is in the metrics, of the process that answers and of the one that works', async () => {
  const database = await freshDatabase();
  clearUp.push(() => database.drop());
  const api = await openStage({
    databaseUrl: database.url,
    role: 'api',
    env: { SPILLWAY_MIGRATE: 'true' },
  });
  clearUp.push(() => api.stop());
  await api.controlPlane.started;
  const { world } = api.controlPlane.engine;
  const worker = await openStage({ databaseUrl: database.url, role: 'worker', world });
  clearUp.push(() => worker.stop());
  await worker.controlPlane.started;
  for (const cluster of documents.clusters) await api.client.clusters.put(cluster);
  await api.client.services.put(documents.service);
  await api.client.strategies.put(documents.strategies.quick);
  const start = { service: documents.service.name, candidate: 'v2', strategy: 'quick' };
  const { id } = await api.client.releases.start(start);
  expect((await waitForRelease(api.client, id, { timeoutMs: 50_000 })).phase).toBe('succeeded');

  await until(async () => total(await scrape(worker), /^spillway_apply_seconds_count/) > 0);
  const worked = await scrape(worker);
  expect(worked.get('spillway_releases_ended_total{as="succeeded"}')).toBe(1);
  expect(worked.get('spillway_step_lateness_seconds_count')).toBeGreaterThan(1);
  expect(
    total(worked, /^spillway_job_duration_seconds_count\{kind="apply",outcome="done"/),
  ).toBeGreaterThan(0);
  expect(total(worked, /^spillway_cluster_state\{cluster="[^"]+",state="ready"/)).toBe(
    documents.clusters.length,
  );

  const answered = await scrape(api);
  expect(answered.get('spillway_release_transitions_total{from="none",to="pending"}')).toBe(1);
  for (const seen of [worked, answered]) {
    expect(seen.get('spillway_standing_up')).toBe(1);
    expect(seen.get('spillway_workers')).toBe(1);
    expect(seen.get('spillway_releases{phase="queued"}')).toBe(0);
    expect(seen.has('spillway_jobs_oldest_due_seconds{kind="apply"}')).toBe(true);
    expect(seen.get('spillway_database_query_seconds_count{outcome="ok"}')).toBeGreaterThan(10);
  }
  expect([...worked.keys(), ...answered.keys()].filter((name) => name.includes(id))).toEqual([]);
}, 60_000);

it('metrics with a token are for who has it, and the tokens of callers are none of those', async () => {
  const database = await freshDatabase();
  clearUp.push(() => database.drop());
  const env = { SPILLWAY_METRICS_TOKEN: 'token-of-prometheus' };
  for (const role of ['api', 'worker', 'writer'] as const) {
    const stage = await openStage({ databaseUrl: database.url, role, env });
    clearUp.push(() => stage.stop());
    const ask = async (sent: string): Promise<number> =>
      (await fetch(`${stage.url}/metrics`, { headers: { authorization: `Bearer ${sent}` } }))
        .status;
    expect([await ask('token-of-prometheus'), await ask(token), await ask('')]).toEqual([
      200, 401, 401,
    ]);
  }
}, 60_000);
