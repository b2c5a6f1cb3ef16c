import { setTimeout as sleep } from 'node:timers/promises';
import {
  createPersistence,
  createSealer,
  type Persistence,
  type PersistenceConfig,
  type PoolStanding,
} from '@spillway/adapter-persistence';
import { enqueueSql, installQueueSchema, type QueueDatabase } from '@spillway/adapter-queue';
import type { AccessFeed, Logger, Meter, ReleaseFeed, UnitOfWork } from '@spillway/application';
import { CodedError } from '@spillway/kernel';
import type { Config } from '../config/load-config.js';

/** The queue is in the same database. */
export const queueDatabase = ({ database: { url, tls } }: Config): QueueDatabase => ({
  connectionString: url,
  ...(tls === undefined ? {} : { tls }),
});

export const persistenceConfig = ({ database }: Config): PersistenceConfig => ({
  ...database,
  connectTimeoutMs: 5_000,
});

const unavailable = (): CodedError =>
  new CodedError(
    'DATABASE_UNAVAILABLE',
    'The database has not been reached yet.',
    'Try again in a moment; see that Postgres runs and DATABASE_URL is right.',
  );

/** Between two attempts to reach the database. */
const pauses = [200, 500, 1_000, 2_000, 5_000] as const;

/**
 * The database of a process that may be up before its database is: until it is
 * reached, work is refused with `DATABASE_UNAVAILABLE` and nothing is lost.
 */
export class Database {
  private persistence: Persistence | undefined;
  private readonly listeners = new Set<Parameters<ReleaseFeed['subscribe']>[0]>();

  private readonly accessListeners = new Set<() => void>();

  constructor(
    private readonly config: Config,
    private readonly logger: Logger,
    private readonly meter: Meter,
  ) {}

  readonly unitOfWork: UnitOfWork = {
    run: async (work, how) => {
      if (this.persistence === undefined) throw unavailable();
      return this.persistence.unitOfWork.run(work, how);
    },
    read: async (work) => {
      if (this.persistence === undefined) throw unavailable();
      return this.persistence.unitOfWork.read(work);
    },
  };

  /** Those who subscribe early hear of everything once the database is there. */
  readonly feed: ReleaseFeed = {
    subscribe: (listener) => {
      const entry: typeof listener = (id) => listener(id);
      this.listeners.add(entry);
      return () => void this.listeners.delete(entry);
    },
  };

  /** Of changes before the database was there nobody remembers anything. */
  readonly accessFeed: AccessFeed = {
    isLive: () => this.persistence?.accessFeed.isLive() ?? false,
    subscribe: (onChange) => {
      const entry = (): void => onChange();
      this.accessListeners.add(entry);
      return () => void this.accessListeners.delete(entry);
    },
  };

  get isOpen(): boolean {
    return this.persistence !== undefined;
  }

  pool(): PoolStanding {
    return this.persistence?.pool() ?? { inUse: 0, idle: 0, waiting: 0 };
  }

  /**
   * Waits for the database, and for nothing else: a wrong password or a schema
   * that is behind is thrown, because waiting does not mend it.
   */
  async open(signal: AbortSignal): Promise<void> {
    const persistence = await this.reach(signal);
    try {
      await this.checkSchema(persistence);
    } catch (error) {
      await persistence.close();
      throw error;
    }
    persistence.releaseFeed.subscribe((id) => {
      for (const tell of this.listeners) tell(id);
    });
    persistence.accessFeed.subscribe(() => {
      for (const tell of this.accessListeners) tell();
    });
    this.persistence = persistence;
  }

  async close(): Promise<void> {
    await this.persistence?.close();
  }

  private async reach(signal: AbortSignal): Promise<Persistence> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await createPersistence({
          config: persistenceConfig(this.config),
          sealer: createSealer(this.config.encryptionKey, this.config.otherEncryptionKeys),
          enqueue: enqueueSql,
          logger: this.logger,
          meter: this.meter,
        });
      } catch (error) {
        if (!(error instanceof CodedError) || error.code !== 'DATABASE_UNAVAILABLE') throw error;
        this.logger.warn({ reason: error.message }, 'waits for the database');
        const pause = pauses[Math.min(attempt, pauses.length - 1)];
        await sleep(pause, undefined, { signal });
      }
    }
  }

  private async checkSchema({ schema }: Persistence): Promise<void> {
    if (this.config.migrate) {
      const ran = await schema.migrate();
      await installQueueSchema(queueDatabase(this.config), this.logger);
      if (ran.length > 0) this.logger.info({ migrations: ran }, 'brought the schema up to date');
    }
    const pending = await schema.pending();
    if (pending.length === 0) return;
    throw new CodedError(
      'SCHEMA_BEHIND',
      `The database lacks ${pending.length} of this version's migrations: ${pending.join(', ')}.`,
      'Start one process with SPILLWAY_MIGRATE=true, then the others.',
    );
  }
}
