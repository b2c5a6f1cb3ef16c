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

async function released(): Promise<void> {
  const OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TIMEOUT: '300' };
  stage = await readyStage({ databaseUrl: database.url, env });
  const { id } = await stage.client.releases.start({
    service: documents.service.name,
    candidate: 'v2',
    strategy: 'steady',
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

const lost = 'warn spans are lost: the collector does not take them';

it('a release ends as always while the collector hangs, and a stop does not wait for it', async () => {
  collector.answers = 'never';
  await released();
  const { tookMs, said } = await stopped();
  expect(said).toEqual([lost]);
  expect(tookMs).toBeLessThan(4_000);
});

it('a release ends as always while no collector is there, and one line says so', async () => {
  await collector.close();
  await released();
  const { said } = await stopped();
  expect(said).toEqual([lost]);
  collector = await Collector.open();
});
