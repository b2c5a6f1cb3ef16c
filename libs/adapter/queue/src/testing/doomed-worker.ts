import { startWorker } from '../index.js';

/** A worker, or whatever the role says, that says what it takes and never finishes it. */
const nothing = () => undefined;
await startWorker({
  connectionString: process.argv[2] ?? '',
  concurrency: 1,
  workerName: 'doomed',
  role: process.argv[3] === 'writer' ? 'writer' : 'worker',
  logger: { info: nothing, warn: nothing, error: nothing },
  handle: async (job) => {
    process.stdout.write(`${JSON.stringify(job)}\n`);
    await new Promise(nothing);
  },
});
