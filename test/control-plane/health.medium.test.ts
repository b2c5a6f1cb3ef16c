import { afterEach, describe, expect, it } from '@jest/globals';
import { until } from '@spillway/application/testing';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import pg from 'pg';
import { openStage, type Stage } from './stage.js';

const clearUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of clearUp.splice(0).reverse()) await step();
});

interface Scene {
  readonly stage: Stage;
  readonly database: string;
  /** As the owner, in the database itself. */
  readonly sql: (text: string) => Promise<void>;
  /** From beside it. */
  readonly aside: (text: string) => Promise<void>;
}

async function query(connectionString: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

async function scene(role: 'api' | 'worker' | 'writer' | 'all'): Promise<Scene> {
  const fresh: FreshDatabase = await freshDatabase();
  clearUp.push(() => fresh.drop());
  const env = { SPILLWAY_MIGRATE: 'true' };
  const stage = await openStage({ databaseUrl: fresh.url, role, env });
  clearUp.push(() => stage.stop());
  await stage.controlPlane.started;
  const beside = new URL(fresh.url);
  const database = beside.pathname.slice(1);
  beside.pathname = '/postgres';
  return {
    stage,
    database,
    sql: (text) => query(fresh.url, text),
    aside: (text) => query(beside.href, text),
  };
}

interface Said {
  readonly status: number;
  readonly wrong: readonly string[];
}

async function ask({ url }: Stage, path: string): Promise<Said> {
  const answer = await fetch(`${url}${path}`);
  const { checks } = (await answer.json()) as { checks: { name: string; ok: boolean }[] };
  return {
    status: answer.status,
    wrong: checks.filter(({ ok }) => !ok).map(({ name }) => name),
  };
}

/** Both names of each address say the same, by every role. */
async function expectSaid(stage: Stage, wrong: readonly string[]): Promise<void> {
  const ready = { status: wrong.length === 0 ? 200 : 503, wrong };
  for (const path of ['/readyz', '/health/ready'])
    expect([path, await ask(stage, path)]).toEqual([path, ready]);
  for (const path of ['/healthz', '/health/live']) {
    expect([path, await ask(stage, path)]).toEqual([path, { status: 200, wrong: [] }]);
  }
}

const said = (stage: Stage, name: string) => async (): Promise<boolean> =>
  (await ask(stage, '/readyz')).wrong.includes(name);

const isReady = (stage: Stage) => async (): Promise<boolean> =>
  (await ask(stage, '/readyz')).status === 200;

const everybodyIn = (database: string): string =>
  `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`;

describe.each(['api', 'worker', 'writer', 'all'] as const)(
  'a process with the role %s tells the truth',
  (role) => {
    it('under each fault, at every address, and when it is over', async () => {
      const { stage, database, sql, aside } = await scene(role);
      await expectSaid(stage, []);

      // A backup from before was restored.
      const last = `name = (select max(name) from schema_migrations)`;
      await sql(`create table kept as select * from schema_migrations where ${last}`);
      await sql(`delete from schema_migrations where ${last}`);
      await expectSaid(stage, ['schema']);
      await sql('insert into schema_migrations select * from kept');
      await expectSaid(stage, []);

      await sql('alter schema graphile_worker rename to elsewhere');
      await until(said(stage, 'queue'));
      expect(await ask(stage, '/healthz')).toEqual({ status: 200, wrong: [] });
      await sql('alter schema elsewhere rename to graphile_worker');
      await until(isReady(stage));

      // As on a standby: it can be read and not written.
      await aside(`alter database "${database}" set default_transaction_read_only = on`);
      await aside(everybodyIn(database));
      await until(said(stage, 'database'));
      expect(await ask(stage, '/healthz')).toEqual({ status: 200, wrong: [] });
      await aside(`alter database "${database}" reset default_transaction_read_only`);
      await aside(everybodyIn(database));
      await until(isReady(stage));

      await aside(`alter database "${database}" with allow_connections false`);
      await aside(everybodyIn(database));
      await until(said(stage, 'database'));
      expect(await ask(stage, '/healthz')).toEqual({ status: 200, wrong: [] });
      await aside(`alter database "${database}" with allow_connections true`);
      await until(isReady(stage));

      stage.controlPlane.engine.watching.health.stop();
      await expectSaid(stage, ['process']);
    }, 120_000);
  },
);

it('a process whose database is not there yet is alive, and not ready until it is opened', async () => {
  const stage = await openStage({ databaseUrl: 'postgres://spillway@127.0.0.1:1/spillway' });
  clearUp.push(() => stage.stop());
  stage.controlPlane.started.catch(() => undefined);
  const { status, wrong } = await ask(stage, '/readyz');
  expect([status, wrong]).toEqual([503, ['database', 'worker']]);
  expect(await ask(stage, '/healthz')).toEqual({ status: 200, wrong: [] });
});
