import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aCluster, eu } from '@spillway/application/testing';
import {
  freshDatabase,
  startPostgres,
  type FreshDatabase,
  type RunningPostgres,
} from '@spillway/testing/postgres';
import pg from 'pg';
import { createPersistence } from './persistence.js';
import { createSealer } from './sealer.js';
import { configFor, enqueue, openPersistence, silent } from './testing/fresh-persistence.js';

const unavailable = { code: 'DATABASE_UNAVAILABLE', cause: expect.anything() };

describe('a database that stops and comes back', () => {
  let home: string;
  let postgres: RunningPostgres;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'spillway-outage-'));
    postgres = await startPostgres({ dataDir: home });
  });
  afterEach(async () => {
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  });

  it('is unavailable meanwhile and then goes on as if nothing had been', async () => {
    const persistence = await openPersistence(postgres.url);
    try {
      await persistence.schema.migrate();
      await persistence.unitOfWork.run((tx) => tx.clusters.put(aCluster()));

      const interrupted = persistence.unitOfWork.run(async (tx) => {
        await postgres.stop();
        return tx.clusters.get(eu);
      });
      await expect(interrupted).rejects.toMatchObject(unavailable);
      await expect(persistence.ping()).rejects.toMatchObject(unavailable);
      await expect(persistence.schema.pending()).rejects.toMatchObject(unavailable);
      const next = persistence.unitOfWork.run((tx) => tx.clusters.get(eu));
      await expect(next).rejects.toMatchObject(unavailable);

      postgres = await startPostgres({ dataDir: home, port: Number(new URL(postgres.url).port) });
      await persistence.ping();
      await expect(persistence.unitOfWork.run((tx) => tx.clusters.get(eu))).resolves.toMatchObject({
        name: eu,
      });
    } finally {
      await persistence.close();
    }
  });

  it('is unavailable to who connects first', async () => {
    await postgres.stop();
    await expect(openPersistence(postgres.url)).rejects.toMatchObject(unavailable);
  });
});

/** Stops the process that serves the one open transaction. Gives its pid. */
async function freezeTransaction(url: string): Promise<number> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const { rows } = await admin.query<{ pid: number }>(
    `select pid from pg_stat_activity
     where datname = current_database() and state = 'idle in transaction'`,
  );
  await admin.end();
  const [transaction] = rows;
  if (transaction === undefined) throw new Error('there is no open transaction');
  process.kill(transaction.pid, 'SIGSTOP');
  return transaction.pid;
}

describe('a database that is busy', () => {
  let database: FreshDatabase;
  beforeEach(async () => {
    database = await freshDatabase();
  });
  afterEach(() => database.drop());

  const hurried = (url: string) =>
    createPersistence({
      config: { ...configFor(url), poolSize: 2, lockTimeoutMs: 50, connectTimeoutMs: 200 },
      sealer: createSealer('0'.repeat(64)),
      enqueue,
      logger: silent,
    });

  it('is unavailable to who waits too long for a lock or a connection', async () => {
    const persistence = await hurried(database.url);
    const { unitOfWork } = persistence;
    try {
      await unitOfWork.run((tx) => tx.clusters.put(aCluster()));
      await unitOfWork.run(async (tx) => {
        await tx.clusters.put(aCluster());
        const locked = unitOfWork.run((other) => other.clusters.put(aCluster()));
        await expect(locked).rejects.toMatchObject(unavailable);
        await unitOfWork.run(async () => {
          const third = unitOfWork.run(() => Promise.resolve());
          await expect(third).rejects.toMatchObject(unavailable);
        });
      });
    } finally {
      await persistence.close();
    }
  });

  it('is unavailable when it is silent, and keeps nobody waiting behind the silence', async () => {
    const persistence = await createPersistence({
      config: { ...configFor(database.url), poolSize: 1, statementTimeoutMs: 500 },
      sealer: createSealer('0'.repeat(64)),
      enqueue,
      logger: silent,
    });
    const { unitOfWork } = persistence;
    let frozen: number | undefined;
    try {
      const began = performance.now();
      const interrupted = unitOfWork.run(async (tx) => {
        frozen = await freezeTransaction(database.url);
        return tx.clusters.get(eu);
      });
      await expect(interrupted).rejects.toMatchObject(unavailable);
      expect(performance.now() - began).toBeLessThan(4_500);
      await persistence.ping();
    } finally {
      if (frozen !== undefined) process.kill(frozen, 'SIGCONT');
      await persistence.close();
    }
  });

  it('refuses a wrong password as a wrong configuration, without repeating it', async () => {
    const url = new URL(database.url);
    url.password = 'geheim';
    await expect(openPersistence(url.href)).rejects.toMatchObject({
      code: 'INVALID_CONFIGURATION',
      message: expect.not.stringContaining('geheim'),
    });
  });
});
