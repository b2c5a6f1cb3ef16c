import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@spillway/testing/postgres';
import pg from 'pg';
import { treeCpuMs } from './process-figures.js';

/** A statement of Spillway's, as Postgres counted it. */
export interface Asked {
  readonly text: string;
  readonly calls: number;
  readonly totalMs: number;
}

/** A Postgres that writes to disk as one in production does, counts what it is asked, and logs when jobs are done. */
export class Database {
  private constructor(
    readonly url: string,
    readonly pool: pg.Pool,
    private readonly pid: number,
    private readonly end: () => Promise<void>,
  ) {}

  static async start(): Promise<Database> {
    const dataDir = await mkdtemp(join(tmpdir(), 'spillway-bench-'));
    await chmod(dataDir, 0o755);
    const first = await startPostgres({ dataDir });
    const admin = new pg.Client({ connectionString: first.url });
    admin.on('error', () => undefined);
    await admin.connect();
    // Read at the start of the server only.
    await admin.query(`alter system set shared_preload_libraries = 'pg_stat_statements'`);
    // The bench asks as somebody else, so that its own questions are not counted.
    await admin.query(`create role bench superuser login password 'bench'`);
    await admin.end();
    await first.stop();
    const postgres = await startPostgres({ dataDir });
    const own = new URL(postgres.url);
    [own.username, own.password] = ['bench', 'bench'];
    const pool = new pg.Pool({ connectionString: own.href, max: 4 });
    // When the server ends, whoever asks next hears of it.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    await pool.query('create extension pg_stat_statements');
    const { rows } = await pool.query<{ file: string }>(
      `select pg_read_file('postmaster.pid') as file`,
    );
    return new Database(postgres.url, pool, Number(rows[0]?.file.split('\n')[0]), async () => {
      await pool.end();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    });
  }

  async rows<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    return (await this.pool.query<Row>(text, [...values])).rows;
  }

  async number(text: string, values: readonly unknown[] = []): Promise<number> {
    const [row] = await this.rows<{ n: string | number | null }>(text, values);
    return Number(row?.n ?? Number.NaN);
  }

  cpuMs(): number {
    return treeCpuMs(this.pid);
  }

  /** Begins to count statements anew. */
  async forgetAsked(): Promise<void> {
    await this.pool.query('select pg_stat_statements_reset()');
  }

  /** What Spillway asked since then; the most often asked first. */
  asked(): Promise<readonly Asked[]> {
    return this.rows<Asked & pg.QueryResultRow>(`
      select query as text, calls::float8 as calls, total_exec_time as "totalMs"
      from pg_stat_statements
      where toplevel and userid <> (select oid from pg_roles where rolname = 'bench')
      order by calls desc`);
  }

  stop(): Promise<void> {
    return this.end();
  }
}
