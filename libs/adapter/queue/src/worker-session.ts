import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '@spillway/application';
import { gathered } from './gathered.js';
import { connectionOptions, refuseStandby, type QueueDatabase } from './queue-database.js';
import {
  endBackend,
  noticeDeadPeer,
  ownBackend,
  sessionName,
  tryLocks,
  unlockAll,
  classes,
  type LockClass,
} from './sql.js';

export interface WorkerSessionOptions extends QueueDatabase {
  readonly workerName: string;
  readonly logger: Logger;
}

interface Held {
  readonly lock: LockClass;
  readonly name: string;
}

const columnsOf = (all: readonly Held[]): [number[], string[]] => [
  all.map(({ lock }) => classes[lock]),
  all.map(({ name }) => name),
];

const reconnectMs = 250;
const holdAgainMs = 20;
const answerMs = 5_000;

/**
 * The one connection whose life stands for the life of this worker. Its advisory
 * locks say which jobs the worker runs and that it is there; they end with the
 * process, also when it is killed. When the connection breaks it is made again
 * at once and takes its locks again; queries wait for that.
 */
export class WorkerSession {
  private readonly held = new Map<string, Held>();
  private readonly asked = new Set<string>();
  private client: Promise<pg.Client>;
  private last: Promise<unknown> = Promise.resolve();
  private readonly taking = gathered((all: readonly Held[]) => this.tryAll(all));
  private readonly releasing = gathered((all: readonly Held[]) => this.releaseAll(all));
  private closed = false;
  private backend: Backend | undefined;

  private constructor(
    private readonly options: WorkerSessionOptions,
    first: pg.Client,
  ) {
    this.client = Promise.resolve(this.watched(first));
  }

  /** Rejects when the database cannot be reached now. */
  static async open(options: WorkerSessionOptions): Promise<WorkerSession> {
    const session = new WorkerSession(options, await connected(options));
    await session.takeAgain(await session.client);
    return session;
  }

  /** One query after another: a connection can do no better. */
  query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    const answer = this.last.then(() => this.ask<Row>(text, values));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  private async ask<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[],
  ): Promise<readonly Row[]> {
    const client = await this.client;
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } catch (error) {
      // Only an error of the server proves that the connection is alive.
      if (!(error instanceof pg.DatabaseError)) void client.end();
      throw error;
    }
  }

  /** Takes the lock until `release`. False when it is taken, here or elsewhere. */
  async take(lock: LockClass, name: string): Promise<boolean> {
    const key = `${lock} ${name}`;
    if (this.held.has(key) || this.asked.has(key)) return false;
    this.asked.add(key);
    try {
      const isTaken = await this.taking({ lock, name });
      // Not before: a session that is made anew would take it too, and who has a lock twice keeps it once more.
      if (isTaken) this.held.set(key, { lock, name });
      return isTaken;
    } finally {
      this.asked.delete(key);
    }
  }

  /** Takes a lock for all here who want it held, as soon as there is a session to hold it. */
  async hold(lock: LockClass, name: string): Promise<void> {
    while (!this.closed && !this.held.has(`${lock} ${name}`)) {
      const isTaken = await this.take(lock, name).catch(() => false);
      if (!isTaken) await sleep(holdAgainMs);
    }
  }

  async release(lock: LockClass, name: string): Promise<void> {
    if (!this.held.delete(`${lock} ${name}`)) return;
    // A session that is lost meanwhile has lost the lock by that.
    await this.releasing({ lock, name }).catch(() => undefined);
  }

  /**
   * A connection that is lost from now on is not made again, and who waits for
   * one waits no longer: a worker that ends need not outlast an outage.
   */
  stopReconnecting(): void {
    this.closed = true;
  }

  async close(): Promise<void> {
    this.stopReconnecting();
    await this.client.then((client) => client.end()).catch(() => undefined);
  }

  private async tryAll(all: readonly Held[]): Promise<readonly boolean[]> {
    const rows = await this.query<{ taken: boolean }>(tryLocks, columnsOf(all));
    return rows.map(({ taken }) => taken);
  }

  private async releaseAll(all: readonly Held[]): Promise<readonly undefined[]> {
    await this.query(unlockAll, columnsOf(all));
    return all.map(() => undefined);
  }

  private watched(client: pg.Client): pg.Client {
    client.once('end', () => {
      if (this.closed) return;
      this.options.logger.warn({}, 'the queue lost its session and makes a new one');
      this.client = this.reconnected();
      this.client.catch(() => undefined);
    });
    return client;
  }

  private async reconnected(): Promise<pg.Client> {
    while (!this.closed) {
      try {
        const client = await connected(this.options);
        await this.takeAgain(client);
        this.options.logger.info({}, 'the queue has a session again');
        return this.watched(client);
      } catch {
        await sleep(reconnectMs);
      }
    }
    throw new Error('the worker has stopped');
  }

  /**
   * What was let go of meanwhile is not taken again. A server that does not know yet that
   * the former connection is gone keeps its locks for it, so that one is ended first.
   */
  private async takeAgain(client: pg.Client): Promise<void> {
    try {
      if (this.backend !== undefined) await client.query(endBackend, [...this.backend]);
      this.backend = await backendOf(client);
      const held = [...this.held];
      const locks = columnsOf(held.map(([, lock]) => lock));
      const { rows } = await client.query<{ taken: boolean }>(tryLocks, locks);
      for (const [index, [key]] of held.entries()) {
        // Somebody else has it by now: it is asked for again, or it is over.
        if (rows[index]?.taken !== true) this.held.delete(key);
      }
    } catch (error) {
      void client.end();
      throw error;
    }
  }
}

/** Its process at the server, and when that began. */
type Backend = readonly [pid: number, since: string];

async function backendOf(client: pg.Client): Promise<Backend | undefined> {
  const { rows } = await client.query<{ pid: number; since: string }>(ownBackend);
  return rows[0] && [rows[0].pid, rows[0].since];
}

async function connected(options: WorkerSessionOptions): Promise<pg.Client> {
  const { workerName, logger } = options;
  const client = new pg.Client({
    ...connectionOptions(options),
    application_name: sessionName(workerName),
    keepAlive: true,
    query_timeout: answerMs,
    connectionTimeoutMillis: answerMs,
  });
  client.on('error', (error) => logger.warn({ error: error.message }, 'queue session failed'));
  try {
    await client.connect();
    await refuseStandby(client);
    await client.query(noticeDeadPeer);
    return client;
  } catch (error) {
    void client.end();
    throw error;
  }
}
