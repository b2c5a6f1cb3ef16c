export { enqueueSql, type Sql, type TimedJob } from './enqueue.js';
export { installQueueSchema } from './install-queue-schema.js';
export { queueSchemaProblem } from './queue-schema.js';
export { queueStandingSql } from './standing-sql.js';
export type { QueueDatabase } from './queue-database.js';
export { startWorker, type RunningWorker, type StartWorkerOptions } from './start-worker.js';
