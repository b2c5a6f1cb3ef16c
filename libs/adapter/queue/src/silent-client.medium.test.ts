import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Job } from '@spillway/application';
import { releaseId } from '@spillway/kernel';
import pg from 'pg';
import { enqueueSql } from './index.js';
import { connectionOptions } from './queue-database.js';
import { QueueBench } from './testing/queue-bench.js';

const reconcile: Job = { kind: 'reconcile', release: releaseId('one') };

let bench: QueueBench;
let vanished: pg.Client;
beforeEach(async () => {
  bench = await QueueBench.open();
  vanished = new pg.Client(connectionOptions({ connectionString: bench.url }));
  vanished.on('error', () => undefined);
  await vanished.connect();
});
afterEach(async () => {
  await vanished.end();
  await bench.close();
});

it('keeps others from queueing its job for less than they wait for a lock', async () => {
  await vanished.query('begin');
  const sql = {
    query: (text: string, values: readonly unknown[]) => vanished.query(text, [...values]),
  };
  await enqueueSql(sql, [{ job: reconcile }]);
  const asked = Date.now();
  await bench.enqueue(reconcile);
  expect(Date.now() - asked).toBeLessThan(4_500);
  expect(await bench.count()).toBe(1);
}, 20_000);
