import type { AccessFeed, Logger, ReleaseFeed } from '@spillway/application';
import { releaseId, type ReleaseId } from '@spillway/kernel';
import pg, { type ClientConfig } from 'pg';
import { asCodedError } from './database-error.js';
import { ACCESS_CHANNEL } from './access/access-channel.js';
import { CHANNEL } from './release/release-sql.js';

const HEARTBEAT_MS = 15_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

const nowSql = 'select clock_timestamp() as now';

/**
 * What may have been missed since $1: all that runs, and what changed or ended.
 * The minute is for transactions that began before $1 and committed after it.
 */
const missedSql = `
  select releases.id from releases
  where releases.phase not in ('succeeded', 'rolledBack', 'cancelled', 'superseded')
    or releases.changed_at >= $1::timestamptz - interval '1 minute'`;

/**
 * Listens on a connection of its own. The heartbeat finds a connection that
 * died without a word. After a lost connection every listener is told of every
 * release that it may have missed a change of.
 */
export class PostgresReleaseFeed implements ReleaseFeed {
  private readonly listeners = new Set<(release: ReleaseId) => void>();
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  /** The database's time when the connection was last known to be alive. */
  private aliveAt: Date | undefined;

  /** Changes of tokens and members come on the same connection. */
  readonly access: AccessFeed = {
    isLive: () => this.client !== undefined,
    subscribe: (onChange) => {
      const own = (): void => onChange();
      this.accessListeners.add(own);
      return () => void this.accessListeners.delete(own);
    },
  };
  private readonly accessListeners = new Set<() => void>();

  constructor(
    private readonly config: ClientConfig,
    private readonly logger: Logger,
  ) {}

  subscribe(listener: (release: ReleaseId) => void): () => void {
    // A function of its own: the same listener may subscribe twice and stop once.
    const own = (release: ReleaseId): void => listener(release);
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  /** Resolves when it listens; throws when it cannot, and does not try again by itself. */
  async start(): Promise<void> {
    const client = new pg.Client(this.config);
    client.on('notification', ({ channel, payload }) => {
      if (channel === ACCESS_CHANNEL) this.tellAccess();
      else this.tell(releaseId(payload ?? ''));
    });
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client, new Error('the connection ended')));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      await client.query(`listen ${ACCESS_CHANNEL}`);
      const missed = await this.missed(client);
      await this.look(client);
      this.client = client;
      this.tellAccess();
      this.beat(client);
      for (const id of missed) this.tell(id);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw asCodedError(error);
    }
    if (this.closed) await this.close();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async missed(client: pg.Client): Promise<readonly ReleaseId[]> {
    if (this.aliveAt === undefined) return [];
    const { rows } = await client.query<{ id: string }>(missedSql, [this.aliveAt]);
    return rows.map(({ id }) => releaseId(id));
  }

  private async look(client: pg.Client): Promise<void> {
    const { rows } = await client.query<{ now: Date }>(nowSql);
    this.aliveAt = rows[0]?.now ?? this.aliveAt;
  }

  private beat(client: pg.Client): void {
    this.later(HEARTBEAT_MS, () => {
      this.look(client).then(
        () => this.beat(client),
        (error: unknown) => this.lost(client, error),
      );
    });
  }

  private lost(client: pg.Client, error: unknown): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.logger.warn({ error }, 'release feed lost its connection; connecting again');
    void client.end().catch(() => undefined);
    this.retry(FIRST_WAIT_MS);
  }

  private retry(waitMs: number): void {
    this.later(waitMs, () => {
      this.start().catch(() => this.retry(Math.min(waitMs * 2, LONGEST_WAIT_MS)));
    });
  }

  private later(ms: number, what: () => void): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.timer = setTimeout(what, ms);
    this.timer.unref();
  }

  private tellAccess(): void {
    for (const listener of this.accessListeners) listener();
  }

  private tell(release: ReleaseId): void {
    for (const listener of this.listeners) {
      try {
        listener(release);
      } catch (error) {
        this.logger.error({ error, release }, 'a listener of the release feed failed');
      }
    }
  }
}
