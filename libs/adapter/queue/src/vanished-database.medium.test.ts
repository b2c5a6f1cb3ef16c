import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Job } from '@spillway/application';
import { until } from '@spillway/application/testing';
import { releaseId } from '@spillway/kernel';
import { startWorker } from './index.js';
import { ForgetfulProxy } from './testing/forgetful-proxy.js';
import { QueueBench } from './testing/queue-bench.js';
import { subjectOf } from './testing/subject-of.js';

const job = (release: string): Job =>
  ({ kind: 'apply', release: releaseId(release), cluster }) as Job;
const cluster = 'eu';

let bench: QueueBench;
let proxy: ForgetfulProxy;
beforeEach(async () => {
  bench = await QueueBench.open();
  proxy = await ForgetfulProxy.before(bench.url);
});
afterEach(async () => {
  await proxy.close();
  await bench.close();
});

it('goes on over new connections when those that it had fall silent', async () => {
  const ran: string[] = [];
  const worker = await startWorker({
    connectionString: proxy.url,
    concurrency: 2,
    workerName: 'test',
    logger: bench.logger,
    handle: async (taken) => void ran.push(subjectOf(taken)),
  });
  await bench.enqueue(job('before'));
  await until(() => ran.includes('before'));
  proxy.forget();
  await bench.enqueue(job('after'));
  // A look in vain over the silent connection, and the next one: twelve seconds on an idle machine.
  await until(() => ran.includes('after'), 30_000);
  await worker.stop();
}, 60_000);

it('does not keep a worker from stopping', async () => {
  const { logger } = bench;
  const handle = () => Promise.resolve();
  const options = { concurrency: 2, workerName: 'test', logger, handle };
  const worker = await startWorker({ connectionString: proxy.url, ...options });
  proxy.forget();
  await worker.stop();
  expect(await bench.count()).toBe(0);
}, 40_000);
