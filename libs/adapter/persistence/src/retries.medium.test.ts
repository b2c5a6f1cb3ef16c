import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { noMeter, type Tx } from '@spillway/application';
import { until } from '@spillway/application/testing';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import pg from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { createDataSource } from './data-source.js';
import { configFor } from './testing/fresh-persistence.js';
import { TypeOrmUnitOfWork, type Draft } from './typeorm-unit-of-work.js';

const unavailable = { code: 'DATABASE_UNAVAILABLE' };

let database: FreshDatabase;
let source: DataSource;
let unitOfWork: TypeOrmUnitOfWork;
/** Somebody else at the same database. */
let other: pg.Client;
beforeEach(async () => {
  database = await freshDatabase();
  other = new pg.Client({ connectionString: database.url });
  await other.connect();
  await other.query(`create table notes (name text primary key, text text);
    insert into notes values ('a', ''), ('b', '')`);
  source = await createDataSource(configFor(database.url), noMeter).initialize();
  // The statements of a transaction are all that matters here.
  unitOfWork = new TypeOrmUnitOfWork(source, draftOf);
});
afterEach(async () => {
  await other.end();
  await source.destroy();
  await database.drop();
});

function draftOf(runner: QueryRunner): Draft {
  return { tx: runner as unknown as Tx, finish: () => Promise.resolve() };
}

/** Gives how often it was tried. */
async function run(work: (sql: QueryRunner, attempt: number) => Promise<unknown>): Promise<number> {
  let attempts = 0;
  await unitOfWork.run((tx) => work(tx as unknown as QueryRunner, (attempts += 1)));
  return attempts;
}

const write = (text: string | number, name = 'a'): string =>
  `update notes set text = '${text}' where name = '${name}'`;
const fail = (code: string): string =>
  `do $$ begin raise exception using errcode = '${code}'; end $$`;

const note = async (): Promise<unknown> => {
  const { rows } = await other.query<{ text: string }>(`select text from notes where name = 'a'`);
  return rows[0]?.text;
};

const read = (): Promise<unknown> =>
  unitOfWork.read((tx) => (tx as unknown as QueryRunner).query('select text from notes'));

/** Ends every connection but the other's, as an administrator or a switch-over does. */
const endConnections = (): Promise<unknown> =>
  other.query(`select pg_terminate_backend(pid, 1000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);

describe('a transaction that Postgres gave up', () => {
  it.each(['40001', '40P01', '25006'])('is done again from the start: %s', async (code) => {
    const attempts = await run(async (sql, attempt) => {
      await sql.query(write(attempt));
      if (attempt < 3) await sql.query(fail(code));
    });
    expect(attempts).toBe(3);
    expect(await note()).toBe('3');
  });

  it.each(['40001', '25006'])('every time is a database that is away: %s', async (code) => {
    let last = 0;
    const lost = run(async (sql, attempt) => {
      last = attempt;
      await sql.query(write(attempt));
      await sql.query(fail(code));
    });
    await expect(lost).rejects.toMatchObject(unavailable);
    expect(last).toBe(4);
    expect(await note()).toBe('');
  });

  it('because it and another waited for each other has its effect, as has the other', async () => {
    const crossing = new EventTarget();
    let holders = 0;
    const cross = (first: string, second: string) =>
      run(async (sql) => {
        await sql.query(write(first, first));
        holders += 1;
        if (holders === 1) await once(crossing, 'held');
        else crossing.dispatchEvent(new Event('held'));
        await sql.query(write(first, second));
      });
    const attempts = await Promise.all([cross('a', 'b'), cross('b', 'a')]);
    expect(attempts.toSorted()).toEqual([1, 2]);
  });

  it('for taking too long is not: it would take as long again', async () => {
    let last = 0;
    const slow = run(async (sql, attempt) => {
      last = attempt;
      await sql.query('set local statement_timeout = 20');
      await sql.query('select pg_sleep(5)');
    });
    await expect(slow).rejects.toMatchObject(unavailable);
    expect(last).toBe(1);
  });
});

describe('a connection that ends', () => {
  it('between two statements does so too, once the library has let go of it', async () => {
    const attempts = await run(async (sql, attempt) => {
      await sql.query(write(attempt));
      if (attempt === 1) await endConnections();
      if (attempt === 1) await until(() => sql.isReleased);
      await sql.manager.query('select 1');
    });
    expect(attempts).toBe(2);
    expect(await note()).toBe('2');
  });

  it('in the middle of a transaction costs a second try and nothing else', async () => {
    const attempts = await run(async (sql, attempt) => {
      await sql.query(write(attempt));
      if (attempt === 1) await endConnections();
      await sql.query('select 1');
    });
    expect(attempts).toBe(2);
    expect(await note()).toBe('2');
  });

  it('while nothing is asked of it is not noticed by whoever reads next', async () => {
    await read();
    await endConnections();
    await read();
  });

  it('while it commits is told: nobody knows whether it did, and it is not done twice', async () => {
    await other.query(`
      create function wait() returns trigger language plpgsql as
        $$ begin perform pg_advisory_xact_lock(42); return null; end $$;
      create constraint trigger wait after update on notes
        deferrable initially deferred for each row execute function wait();
      select pg_advisory_lock(42)`);
    let last = 0;
    const committing = run((sql, attempt) => {
      last = attempt;
      return sql.query(write(attempt));
    });
    const told = expect(committing).rejects.toMatchObject(unavailable);
    await until(async () => {
      const { rowCount } = await other.query(`select from pg_stat_activity
        where datname = current_database() and query = 'COMMIT' and wait_event_type = 'Lock'`);
      return rowCount === 1;
    });
    await endConnections();
    await told;
    expect(last).toBe(1);
  });
});

describe('a server that takes no writes', () => {
  const beReadOnly = (value: 'on' | 'off'): Promise<unknown> =>
    other.query(`do $$ begin execute format(
      'alter database %I set default_transaction_read_only = ${value}', current_database()); end $$`);

  it('is away to all, those who read too, and is back when it takes them again', async () => {
    await beReadOnly('on');
    await endConnections();
    await expect(read()).rejects.toMatchObject(unavailable);
    await expect(run((sql) => sql.query('select 1'))).rejects.toMatchObject(unavailable);
    await beReadOnly('off');
    await read();
    expect(await run((sql) => sql.query(write('back')))).toBe(1);
  });

  it('is left with the connection that it was met on', async () => {
    const attempts = await run(async (sql, attempt) => {
      if (attempt === 1) await sql.query('set transaction read only');
      await sql.query(write(attempt));
    });
    expect(attempts).toBe(2);
    expect(await note()).toBe('2');
  });
});

it('a server that has no room for another connection is away, at once and not for long', async () => {
  const role = `crowded_${process.pid}`;
  await other.query(`create role ${role} login password 'x' connection limit 1`);
  const url = new URL(database.url);
  [url.username, url.password] = [role, 'x'];
  const crowded = await createDataSource(configFor(url.href), noMeter).initialize();
  const work = new TypeOrmUnitOfWork(crowded, draftOf);
  try {
    await work.run(async () => {
      await expect(work.run(() => Promise.resolve())).rejects.toMatchObject(unavailable);
    });
    await work.run(() => Promise.resolve());
  } finally {
    await crowded.destroy();
    await other.query(`drop role ${role}`);
  }
});
