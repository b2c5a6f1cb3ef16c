import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrate } from './migrate.js';

export interface FreshDatabase {
  readonly url: string;
  /** Also ends the connections that are still open to it. */
  drop(): Promise<void>;
}

const TEMPLATE = 'spillway_template';
const BUILDING = 'spillway_template_building';

/**
 * A database of its own with the whole schema, for one test file. Cloned from
 * a template (some 20 ms) that the first caller of a run makes.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(async (admin) => {
    await ensureTemplate(admin);
    await admin.query(`create database ${name} template ${TEMPLATE}`);
  });
  return {
    url: urlOf(name),
    drop: () =>
      asAdmin(async (admin) => {
        await admin.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

function adminUrl(): string {
  const url = process.env['SPILLWAY_TEST_POSTGRES'];
  if (url !== undefined) return url;
  throw new Error(
    'SPILLWAY_TEST_POSTGRES is not set. Run this test with: npx jest -c jest.medium.config.mjs',
  );
}

function urlOf(database: string): string {
  const url = new URL(adminUrl());
  url.pathname = `/${database}`;
  return url.href;
}

async function asAdmin(work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl() });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

/** Under a lock, since test workers come at once; renamed when whole, so that half a template is never cloned. */
async function ensureTemplate(admin: pg.Client): Promise<void> {
  await admin.query(`select pg_advisory_lock(hashtext('${TEMPLATE}'))`);
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [
      TEMPLATE,
    ]);
    if (rowCount === 1) return;
    await admin.query(`drop database if exists ${BUILDING} with (force)`);
    await admin.query(`create database ${BUILDING}`);
    await migrate(urlOf(BUILDING));
    await admin.query(`alter database ${BUILDING} rename to ${TEMPLATE}`);
  } finally {
    await admin.query(`select pg_advisory_unlock(hashtext('${TEMPLATE}'))`);
  }
}
