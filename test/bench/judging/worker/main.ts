import { parentPort, workerData } from 'node:worker_threads';
import { doWork, type Work } from '../work.js';

const { seed } = workerData as { readonly seed: number };

parentPort?.on('message', ({ id, work }: { readonly id: number; readonly work: Work }) => {
  parentPort?.postMessage({ id, result: doWork(seed, work) });
});
