import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import type { Job } from '@spillway/application';
import { until } from '@spillway/application/testing';
import { releaseId } from '@spillway/kernel';
import { QueueBench } from './testing/queue-bench.js';
import { spawnWorker } from './testing/spawn-worker.js';

const reconcile: Job = { kind: 'reconcile', release: releaseId('one') };

it('leaves nothing open: its process ends by itself, once the job that runs has ended', async () => {
  const bench = await QueueBench.open();
  await bench.enqueue(reconcile);
  const child = spawnWorker('leaving-worker', bench.url);
  try {
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    await until(() => said.includes('reconcile'));
    expect(child.exitCode).toBeNull();
    const ended = once(child, 'exit');
    child.stdin.write('go\n');
    expect(await ended).toEqual([0, null]);
    expect(said).toContain('done');
    expect(await bench.count()).toBe(0);
  } finally {
    child.kill('SIGKILL');
    await bench.close();
  }
}, 20_000);
