import { describe } from '@jest/globals';
import { jobQueueContract } from '@spillway/application/testing';
import { QueueBench } from './testing/queue-bench.js';

describe('jobs in Postgres', () => jobQueueContract(() => QueueBench.open()));
