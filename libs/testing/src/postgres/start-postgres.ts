import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface StartPostgresOptions {
  /** Where data is kept for the next start. Without it data is thrown away at the end and never synced to disk. */
  readonly dataDir?: string;
  /** A free one when absent. */
  readonly port?: number;
}

export interface RunningPostgres {
  /** Of the database `postgres`, as its superuser. Loopback only. */
  readonly url: string;
  stop(): Promise<void>;
}

type Report = { readonly ready: true } | { readonly ready: false; readonly log: readonly string[] };

interface Settings {
  readonly home: string;
  readonly port: number;
  readonly password: string;
  readonly temporary: boolean;
  readonly flags: readonly string[];
}

// The same file from `src` and from `dist`.
const supervisor = fileURLToPath(new URL('../../postgres-supervisor.mjs', import.meta.url));
const ATTEMPTS = 3;

/**
 * Starts a real Postgres for development and tests, whoever the user is: root
 * hands it to the user `postgres`. It ends when this process does, also when
 * this process is killed. Not for production: it brings an old OpenSSL and ICU.
 */
export async function startPostgres(options: StartPostgresOptions = {}): Promise<RunningPostgres> {
  const temporary = options.dataDir === undefined;
  const home = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'spillway-postgres-')));
  await mkdir(home, { recursive: true });
  await chmod(home, 0o755); // the user `postgres` has to get through
  const password = await passwordIn(home);
  const flags = flagsFor(temporary);

  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const { child, report } = await launch({ home, port, password, temporary, flags });
    const url = `postgres://spillway:${password}@127.0.0.1:${port}/postgres`;
    if (report.ready) return { url, stop: () => stop(child) };
    const portWasTaken = report.log.some((line) => line.includes('Address already in use'));
    const last = !portWasTaken || options.port !== undefined || attempt === ATTEMPTS;
    if (last) throw startFailed(home, port, report.log);
  }
}

const flagsFor = (temporary: boolean): readonly string[] => [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
  ...(temporary ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
];

const startFailed = (home: string, port: number, log: readonly string[]): Error =>
  new Error(
    `Postgres did not start on port ${port} with its data in ${home}. ` +
      `Is another one using them, and may the user "postgres" reach that folder? It said:\n${log.join('\n')}`,
  );

/** Made at the first start and kept beside the data, for its owner only. */
async function passwordIn(home: string): Promise<string> {
  const file = join(home, 'password');
  try {
    return await readFile(file, 'utf8');
  } catch {
    const password = randomBytes(18).toString('hex');
    await writeFile(file, password, { mode: 0o600 });
    return password;
  }
}

async function launch(settings: Settings): Promise<{ child: ChildProcess; report: Report }> {
  // Detached: Ctrl-C in a terminal must not stop Postgres before those who are connected to it.
  const child = fork(supervisor, [JSON.stringify(settings)], {
    detached: true,
    execArgv: [],
    stdio: 'ignore',
  });
  const ended = once(child, 'exit').then((): Report => {
    return { ready: false, log: ['(the process that starts it ended)'] };
  });
  const said = once(child, 'message').then(([report]) => report as Report);
  const report = await Promise.race([said, ended]);
  child.unref();
  child.channel?.unref();
  return { child, report };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.ref();
  if (child.connected) child.disconnect();
  await ended;
}

/** A loopback port that nobody listened on a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port to be had');
  return address.port;
}
