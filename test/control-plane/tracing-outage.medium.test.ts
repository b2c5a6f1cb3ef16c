import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Collector } from '@spillway/adapter-telemetry/testing';
import { waitForRelease } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { documents } from './documents.js';
import { readyStage, type Stage } from './stage.js';

let database: FreshDatabase;
let collector: Collector;
let stage: Stage;
beforeEach(async () => {
  database = await freshDatabase();
  collector = await Collector.open();
});
afterEach(async () => {
  await collector.close();
  await database.drop();
});

async function released(OTEL_EXPORTER_OTLP_TIMEOUT: string): Promise<void> {
  const OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TIMEOUT };
  stage = await readyStage({ databaseUrl: database.url, env });
  const { id } = await stage.client.releases.start({
    service: documents.service.name,
    candidate: 'v2',
    strategy: 'quick',
  });
  expect((await waitForRelease(stage.client, id)).phase).toBe('succeeded');
}

/** How long the stop took, and what was logged about the collector. */
async function stopped() {
  const before = performance.now();
  await stage.stop();
  const tookMs = performance.now() - before;
  expect(stage.log.errors).toEqual([]);
  const said = stage.log.lines.filter(({ fields }) => 'collector' in fields);
  return { tookMs, said: said.map(({ level, message }) => `${level} ${message}`) };
}

it('a release ends as always while the collector hangs, and a stop does not wait for it', async () => {
  collector.answers = 'never';
  await released('60000');
  const { tookMs } = await stopped();
  expect(collector.requests.length).toBeGreaterThan(0);
  expect(tookMs).toBeLessThan(20_000);
}, 90_000);

it('a release ends as always while no collector is there, and one line says so', async () => {
  await collector.close();
  await released('300');
  const { said } = await stopped();
  expect(said).toEqual(['warn spans are lost: the collector does not take them']);
  collector = await Collector.open();
}, 90_000);
