import pg from 'pg';
import { noMeter, type Job, type Logger, type Meter } from '@spillway/application';
import { sweepAbandoned, type RowSql } from './abandoned-jobs.js';
import { put } from './enqueue.js';
import { InHand } from './in-hand.js';
import { startLane } from './lane.js';
import { performer } from './perform.js';
import { slotsOf } from './pace.js';
import { StandIn } from './stand-in.js';
import { poolOptions, type QueueDatabase } from './queue-database.js';
import { WorkerSession } from './worker-session.js';

export interface StartWorkerOptions extends QueueDatabase {
  /** Jobs of each kind that run at the same moment; more of those that share what they ask. */
  readonly concurrency: number;
  /** Shown in the database's list of connections. */
  readonly workerName: string;
  /**
   * A writer does nothing but write to clusters, so that taking traffic away waits behind nothing else.
   * While there is one, workers leave that to it, for as long as none of its jobs is late. Absent: a worker.
   */
  readonly role?: 'worker' | 'writer';
  readonly logger: Logger;
  readonly meter?: Meter;
  /** Rejecting puts the job back: it is tried again after 1 s, 2 s, 4 s … 30 s, for ever. */
  readonly handle: (job: Job) => Promise<void>;
}

export interface RunningWorker {
  /** Kinds of which it takes no jobs at this moment. */
  idle(): readonly Job['kind'][];
  /** Takes no more jobs, waits for those that run, and closes the connections. */
  stop(): Promise<void>;
}

/** Each has slots of its own. */
const jobKinds = [
  'apply',
  'reconcile',
  'measure',
  'verify',
  'egress',
  'accessLog',
  'announce',
  'notify',
  'hook',
  'trigger',
] as const satisfies readonly Job['kind'][];

/** What writers do, and workers leave to them. */
const writing: Job['kind'] = 'apply';

/** One that listens and one that works for each kind, and one for sweeping. */
const connectionsFor = (kinds: readonly Job['kind'][]): number => 2 * kinds.length + 1;

/**
 * Runs jobs until it is stopped; any number of processes may. Rejects when the
 * database cannot be reached now; when it goes away later, it is waited for.
 */
export async function startWorker(options: StartWorkerOptions): Promise<RunningWorker> {
  const { concurrency, logger, handle, role = 'worker', meter = noMeter } = options;
  const kinds = role === 'writer' ? [writing] : jobKinds;
  const session = await WorkerSession.open(options);
  const pool = quietPool(options, connectionsFor(kinds));
  const inTransaction = transactionsOf(pool);
  const perform = performer({
    session,
    logger,
    meter,
    handle,
    putBack: (entry, delayMs) => inTransaction((sql) => put(sql, [{ entry, delayMs }])),
  });
  const inHand = new InHand();
  const shared = { pool, session, inHand, logger, perform };
  const lanes = kinds.map((kind) => {
    const lane = { kind, concurrency: slotsOf(kind, concurrency), ...shared };
    if (kind !== writing) return startLane(lane);
    return role === 'writer'
      ? startLane({ ...lane, isWriters: true })
      : new StandIn({ kind, session, logger, start: () => startLane(lane) });
  });
  const stopping = new AbortController();
  const sweeping = sweepAbandoned(
    { session, inHand, logger, inTransaction, kinds },
    stopping.signal,
  );
  return {
    idle: () => lanes.filter((lane) => !lane.isTaking()).map(({ kind }) => kind),
    stop: async () => {
      session.stopReconnecting();
      // What still runs stays this worker's only while it looks for abandoned jobs.
      await Promise.all(lanes.map((lane) => lane.stop()));
      stopping.abort();
      await sweeping;
      await session.close();
      await pool.end();
    },
  };
}

/** No query of the queue takes nearly so long; one that does runs into a database that is not there. */
const answerMs = 3_000;

/**
 * Connections that break are replaced by the next query; nobody has to hear of it twice.
 * One that does not answer is given back with its query still open: it must not be given
 * out again, or who has it next waits behind that query.
 */
function quietPool(options: StartWorkerOptions, connections: number): pg.Pool {
  const { workerName, logger } = options;
  const pool = new pg.Pool({
    ...poolOptions(options),
    max: connections,
    keepAlive: true,
    query_timeout: answerMs,
    connectionTimeoutMillis: answerMs,
    application_name: `spillway queue ${workerName}`,
  });
  pool.on('error', (error) => logger.warn({ error: error.message }, 'queue connection lost'));
  pool.on('release', (_error, client: pg.PoolClient & { readonly readyForQuery?: boolean }) => {
    if (client.readyForQuery === false) void (client as unknown as pg.Client).end();
  });
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const transactionsOf =
  (pool: pg.Pool) =>
  async <T>(work: (sql: RowSql) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    let broken = true;
    try {
      await client.query('begin');
      const result = await work({ query: (text, values) => client.query(text, [...values]) });
      await client.query('commit');
      broken = false;
      return result;
    } finally {
      // Closing it instead of rolling back works for a dead connection as well.
      client.release(broken);
    }
  };
