import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Job } from '@spillway/application';
import { until } from '@spillway/application/testing';
import { clusterName, releaseId } from '@spillway/kernel';
import { QueueBench } from './testing/queue-bench.js';
import { spawnWorker } from './testing/spawn-worker.js';

const applyTo = (release: string): Job => ({
  kind: 'apply',
  release: releaseId(release),
  cluster: clusterName('eu'),
});
const reconcile = (release: string): Job => ({ kind: 'reconcile', release: releaseId(release) });

let bench: QueueBench;
beforeEach(async () => {
  bench = await QueueBench.open();
});
afterEach(() => bench.close());

/** Who took which job, in the order in which they were taken. */
const scene = () => {
  const taken: string[] = [];
  const start = (role: 'worker' | 'writer') =>
    bench.worker(
      async (job) => void taken.push(`${role} ${job.kind} ${'release' in job ? job.release : ''}`),
      { role },
    );
  const done = async (...jobs: readonly Job[]): Promise<readonly string[]> => {
    await bench.enqueue(...jobs);
    await until(async () => (await bench.count()) === 0);
    return taken.splice(0);
  };
  return { start, done };
};

const leaving = 'leaves writing to writers';

describe('a writer', () => {
  it('takes writes to clusters, which workers leave to it, and nothing else', async () => {
    const { start, done } = scene();
    await start('writer');
    expect(await done(applyTo('0'))).toEqual(['writer apply 0']);
    await start('worker');
    const round = async (name: string): Promise<boolean> => {
      const subjects = Array.from({ length: 12 }, (_, index) => `${name} ${index}`);
      const took = await done(...subjects.flatMap((one) => [applyTo(one), reconcile(one)]));
      expect(took.filter((one) => one.startsWith('writer reconcile'))).toEqual([]);
      return took.filter((one) => one.startsWith('writer apply')).length === subjects.length;
    };
    // Where the machine has so much to do that a write is late, workers rightly lend a hand.
    let rounds = 0;
    await until(() => round(`round ${(rounds += 1)}`));
  });

  it('that comes later is left them, and when it stops they are taken back', async () => {
    const { start, done } = scene();
    await start('worker');
    expect(await done(applyTo('1'))).toEqual(['worker apply 1']);
    const writer = await start('writer');
    await until(() => bench.said.includes(leaving));
    expect(await done(applyTo('2'))).toEqual(['writer apply 2']);
    await writer.stop();
    expect(await done(applyTo('3'))).toEqual(['worker apply 3']);
  });

  it('makes no worker look idle that leaves writing to it', async () => {
    const { start } = scene();
    const worker = await start('worker');
    await start('writer');
    await until(() => bench.said.includes(leaving));
    expect(worker.idle()).toEqual([]);
  });
});

describe.each(['SIGKILL', 'SIGSTOP'] as const)('a writer that gets %s', (signal) => {
  it('is stood in for before its lease is over, and then what it had is done as well', async () => {
    const { start, done } = scene();
    const doomed = spawnWorker('doomed-worker', bench.url, 'writer');
    try {
      await bench.enqueue(applyTo('in its hands'));
      await once(doomed.stdout, 'data', { signal: AbortSignal.timeout(15_000) });
      doomed.kill(signal);
      await start('worker');
      expect(await done(applyTo('another'))).toEqual([
        'worker apply another',
        'worker apply in its hands',
      ]);
    } finally {
      doomed.kill('SIGKILL');
    }
  }, 40_000);
});
