import { once } from 'node:events';
import { startWorker } from '../index.js';

/** A worker that is stopped while it runs a job, which ends when a line comes in. */
const nothing = () => undefined;
const taken = new EventTarget();
const worker = await startWorker({
  connectionString: process.argv[2] ?? '',
  concurrency: 1,
  workerName: 'leaving',
  logger: { info: nothing, warn: nothing, error: nothing },
  handle: async (job) => {
    process.stdout.write(`${JSON.stringify(job)}\n`);
    taken.dispatchEvent(new Event('job'));
    await once(process.stdin, 'data');
    process.stdin.destroy();
    process.stdout.write('done\n');
  },
});
await once(taken, 'job');
await worker.stop();
