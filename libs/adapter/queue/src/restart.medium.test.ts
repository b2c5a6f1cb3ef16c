import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { Job } from '@spillway/application';
import { until } from '@spillway/application/testing';
import { releaseId } from '@spillway/kernel';
import { startPostgres } from '@spillway/testing/postgres';
import { installQueueSchema } from './index.js';
import { QueueBench } from './testing/queue-bench.js';
import { subjectOf } from './testing/subject-of.js';

const reconcile = (release: string): Job => ({ kind: 'reconcile', release: releaseId(release) });

it('goes on when the database restarts, with the job that ran and with new ones', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'spillway-queue-'));
  let postgres = await startPostgres({ dataDir });
  const port = Number(new URL(postgres.url).port);
  const bench = QueueBench.at(postgres.url, () => Promise.resolve());
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  try {
    await installQueueSchema({ connectionString: postgres.url }, bench.logger);
    const ran: string[] = [];
    await bench.worker((job) => {
      ran.push(subjectOf(job));
      return subjectOf(job) === releaseId('one') ? gate : Promise.resolve();
    });
    await bench.enqueue(reconcile('one'));
    await until(() => ran.includes('one'));
    await postgres.stop();
    open();
    postgres = await startPostgres({ dataDir, port });
    await bench.enqueue(reconcile('two'));
    await until(() => ran.includes('two'));
    await until(async () => (await bench.count()) === 0);
    expect(ran).toEqual(['one', 'two']);
  } finally {
    open();
    await bench.close();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
