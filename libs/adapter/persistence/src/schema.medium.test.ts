import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrations } from '@spillway/migrations';
import pg from 'pg';
import { createDataSource, createMigrationSource } from './data-source.js';
import { describeSchema } from './testing/describe-schema.js';
import { configFor, freshPersistence, openPersistence } from './testing/fresh-persistence.js';

let persistence: Awaited<ReturnType<typeof freshPersistence>>;
let blank: { readonly url: string; drop(): Promise<void> };
beforeAll(async () => {
  persistence = await freshPersistence();
  blank = await blankDatabase();
});
afterAll(async () => {
  await persistence.close();
  await blank.drop();
});

async function asAdmin(sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: process.env['SPILLWAY_TEST_POSTGRES'] });
  await admin.connect();
  try {
    await admin.query(sql);
  } finally {
    await admin.end();
  }
}

/** Without any table. */
async function blankDatabase() {
  const name = `blank_${process.pid}`;
  await asAdmin(`create database ${name}`);
  const url = new URL(persistence.url);
  url.pathname = name;
  return { url: url.href, drop: () => asAdmin(`drop database ${name} with (force)`) };
}

describe('the schema', () => {
  it('is the one that was reviewed', async () => {
    const file = new URL('../../../../migrations/schema.snapshot.sql', import.meta.url);
    const actual = await describeSchema(persistence.url);
    if (process.env['UPDATE_SNAPSHOT'] === '1') await writeFile(file, actual);
    const reviewed = await readFile(file, 'utf8').catch(() => '');
    if (actual === reviewed) return;
    throw new Error(
      'migrations/schema.snapshot.sql is not what the migrations make. Rewrite it and review the diff:\n' +
        '  UPDATE_SNAPSHOT=1 NODE_OPTIONS=--experimental-vm-modules npx jest -c jest.medium.config.mjs libs/adapter/persistence/src/schema.medium.test.ts',
    );
  });

  it('has every column, key, check and index that the entities have, and no other', async () => {
    const source = createDataSource(configFor(persistence.url));
    await source.initialize();
    try {
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await source.destroy();
    }
  });

  it('has nothing pending when it is whole', async () => {
    expect(await persistence.schema.pending()).toEqual([]);
    expect(await persistence.schema.migrate()).toEqual([]);
  });

  it('is made once when two processes migrate at the same time, and can be taken down', async () => {
    const names = migrations.map(({ name }) => name);
    const [one, other] = await Promise.all([
      openPersistence(blank.url),
      openPersistence(blank.url),
    ]);
    try {
      expect(await one.schema.pending()).toEqual(names);
      const done = await Promise.all([one.schema.migrate(), other.schema.migrate()]);
      expect(done.flat()).toEqual(names);
      expect(await one.schema.pending()).toEqual([]);
    } finally {
      await Promise.all([one.close(), other.close()]);
    }
    const source = await createMigrationSource(configFor(blank.url)).initialize();
    for (const _ of names) await source.undoLastMigration({ transaction: 'each' });
    await source.destroy();
    expect(await describeSchema(blank.url)).toBe('');
  });
});
