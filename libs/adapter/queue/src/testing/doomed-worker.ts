import { startWorker } from '../index.js';

/** A worker that says what it takes and never finishes it. */
const nothing = () => undefined;
await startWorker({
  connectionString: process.argv[2] ?? '',
  concurrency: 1,
  workerName: 'doomed',
  logger: { info: nothing, warn: nothing, error: nothing },
  handle: async (job) => {
    process.stdout.write(`${JSON.stringify(job)}\n`);
    await new Promise(nothing);
  },
});
