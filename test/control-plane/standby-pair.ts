import { execFile } from 'node:child_process';
import { appendFile, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '@spillway/application/testing';
import { startPostgres } from '@spillway/testing/postgres';
import { freePort } from '../testbed/src/free-port.js';
import { PostgresProcess } from './postgres-process.js';

const run = promisify(execFile);

/** A primary and a standby of it that has each commit before it is answered. */
export class StandbyPair {
  private constructor(
    readonly primary: PostgresProcess,
    readonly standby: PostgresProcess,
    private readonly folder: string,
  ) {}

  static async start(): Promise<StandbyPair> {
    const folder = await mkdtemp(join(tmpdir(), 'spillway-pair-'));
    // The user who runs Postgres has to get through.
    await run('chmod', ['755', folder]);
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    const { url, program } = await makeData(one);
    // There is no pg_basebackup here; of a server that stands still a copy is as good.
    await run('cp', ['-a', one, other]);
    const primary = await PostgresProcess.start(program, join(one, 'cluster'), url);
    const standbyUrl = new URL(url);
    standbyUrl.port = String(await freePort());
    await follow(join(other, 'cluster'), url);
    const standby = await PostgresProcess.start(program, join(other, 'cluster'), standbyUrl.href);
    const pair = new StandbyPair(primary, standby, folder);
    await pair.synchronise();
    return pair;
  }

  /** The standby takes writes from now on. */
  async promote(): Promise<void> {
    await this.standby.ask('select pg_promote()');
  }

  async stop(): Promise<void> {
    await Promise.all([this.primary.stop(), this.standby.stop()]);
    await rm(this.folder, { recursive: true, force: true });
  }

  /** No commit is answered by the primary any more that the standby has not. */
  private async synchronise(): Promise<void> {
    await this.primary.ask(`alter system set synchronous_standby_names = '*'`);
    await this.primary.ask('select pg_reload_conf()');
    await until(async () => {
      const [row] = await this.primary.ask('select sync_state from pg_stat_replication');
      return row?.['sync_state'] === 'sync';
    });
  }
}

interface Made {
  readonly url: string;
  /** The file that runs Postgres. */
  readonly program: string;
}

/** Data of a server that was started once and stopped in order. */
async function makeData(home: string): Promise<Made> {
  const postgres = await startPostgres({ dataDir: home });
  const options = await readFile(join(home, 'cluster', 'postmaster.opts'), 'utf8');
  await postgres.stop();
  const [program = ''] = options.split(' ');
  // Processes are killed here, no machine is: what they wrote is there.
  await appendFile(join(home, 'cluster', 'postgresql.auto.conf'), 'fsync = off\n');
  return { url: postgres.url, program };
}

/** Makes the data those of a standby. */
async function follow(data: string, primaryUrl: string): Promise<void> {
  const { hostname, port, username, password } = new URL(primaryUrl);
  const address = `host=${hostname} port=${port} user=${username} password=${password}`;
  await appendFile(join(data, 'postgresql.auto.conf'), `primary_conninfo = '${address}'\n`);
  const signal = join(data, 'standby.signal');
  await writeFile(signal, '');
  const { uid, gid } = await stat(data);
  await chown(signal, uid, gid);
}
