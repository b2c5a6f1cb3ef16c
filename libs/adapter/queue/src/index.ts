export { enqueueSql, type Sql } from './enqueue.js';
export { installQueueSchema } from './install-queue-schema.js';
export type { QueueDatabase } from './queue-database.js';
export { startWorker, type RunningWorker, type StartWorkerOptions } from './start-worker.js';
