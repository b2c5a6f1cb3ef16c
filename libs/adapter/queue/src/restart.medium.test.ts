import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { Job } from '@spillway/application';
import { until } from '@spillway/application/testing';
import { releaseId } from '@spillway/kernel';
import { migrate, startPostgres } from '@spillway/testing/postgres';
import { QueueBench } from './testing/queue-bench.js';
import { subjectOf } from './testing/subject-of.js';

const reconcile = (release: string): Job => ({ kind: 'reconcile', release: releaseId(release) });

/** They end while the database is away, one after another, so that the end of each is missed by itself. */
const running = ['one', 'two', 'three', 'four'];

it('goes on when the database restarts, with the jobs that ran and with new ones', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'spillway-queue-'));
  let postgres = await startPostgres({ dataDir });
  const port = Number(new URL(postgres.url).port);
  const bench = QueueBench.at(postgres.url, () => Promise.resolve());
  const gates = new Map(running.map((name) => [name, new EventTarget()]));
  const open = (name: string) => gates.get(name)?.dispatchEvent(new Event('open'));
  try {
    await migrate(postgres.url);
    const ran: string[] = [];
    const handle = async (job: Job): Promise<void> => {
      const gate = gates.get(subjectOf(job));
      const opened = gate && once(gate, 'open');
      ran.push(subjectOf(job));
      await opened;
    };
    const worker = await bench.worker(handle, { concurrency: running.length });
    await bench.enqueue(...running.map(reconcile));
    await until(() => ran.length === running.length);
    await postgres.stop();
    for (const name of running) {
      const { length } = bench.warnings;
      open(name);
      await until(() => bench.warnings.length > length);
    }
    gates.clear();
    postgres = await startPostgres({ dataDir, port });
    await bench.enqueue(reconcile('new'));
    await until(() => ran.includes('new'));
    await until(async () => (await bench.count()) === 0);
    expect(ran.toSorted()).toEqual(['four', 'new', 'one', 'three', 'two']);
    await worker.stop();
  } finally {
    for (const name of running) open(name);
    await bench.close();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
