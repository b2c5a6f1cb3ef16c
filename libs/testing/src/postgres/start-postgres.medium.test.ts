import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '@spillway/application/testing';
import pg from 'pg';
import { freshDatabase } from './fresh-database.js';
import { startPostgres } from './start-postgres.js';

const supervisor = fileURLToPath(new URL('../../postgres-supervisor.mjs', import.meta.url));

let home: string;
let launcher: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'spillway-test-'));
  await chmod(home, 0o755);
  launcher = launcherOf(home);
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** A process that starts Postgres as `startPostgres` does, in plain JavaScript, and reports on stdout. */
const launcherOf = (dataIn: string): string => `
  import { fork } from 'node:child_process';
  import { createServer } from 'node:net';
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    const flags = ['listen_addresses=127.0.0.1', 'unix_socket_directories='];
    const settings = { home: ${JSON.stringify(dataIn)}, port, password: 'x', temporary: true, flags };
    probe.close(() => {
      fork(${JSON.stringify(supervisor)}, [JSON.stringify(settings)], { detached: true, execArgv: [], stdio: 'ignore' })
        .once('message', (report) => console.log(JSON.stringify(report)));
    });
  });`;

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>({ text: sql });
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

describe('startPostgres', () => {
  it('keeps data and password for the next start', async () => {
    const first = await startPostgres({ dataDir: home });
    await ask(first.url, 'create table kept (id int)');
    await first.stop();
    const second = await startPostgres({ dataDir: home });
    try {
      expect(await ask(second.url, 'select count(*)::int from kept')).toBe(0);
    } finally {
      await second.stop();
    }
  });

  it('says what Postgres said when it cannot start', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    try {
      await expect(startPostgres({ port })).rejects.toThrow(
        new RegExp(`did not start on port ${port}[^]*Address already in use`),
      );
    } finally {
      taken.close();
    }
  });

  it('does not outlive a parent that was killed', async () => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', launcher], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [report] = (await once(parent.stdout, 'data')) as [Buffer];
      expect(report.toString()).toContain('"ready":true');
      expect(existsSync(join(home, 'cluster', 'postmaster.pid'))).toBe(true);
    } finally {
      parent.kill('SIGKILL');
    }
    await until(() => !existsSync(home));
  });
});

describe('freshDatabase', () => {
  it('gives each caller a database of its own with the whole schema', async () => {
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
    try {
      await ask(one.url, 'create table only_here (id int)');
      expect(await ask(one.url, `select to_regclass('graphile_worker.jobs')::text`)).toBe(
        'graphile_worker.jobs',
      );
      expect(await ask(other.url, `select to_regclass('only_here')::text`)).toBeNull();
    } finally {
      await Promise.all([one.drop(), other.drop()]);
    }
  });

  it('drops a database that somebody is still connected to', async () => {
    const database = await freshDatabase();
    const forgotten = new pg.Client({ connectionString: database.url });
    await forgotten.connect();
    const errors: Error[] = [];
    forgotten.on('error', (error) => errors.push(error));
    await database.drop();
    await until(() => errors.length > 0);
    await expect(ask(database.url, 'select 1')).rejects.toThrow('does not exist');
  });
});
