import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, stat } from 'node:fs/promises';
import { until } from '@spillway/application/testing';
import pg from 'pg';
import { diesWithUs } from '../testbed/src/daemon.js';

const flags = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'timezone=UTC',
  // A standby that has fewer than its primary ever had does not start.
  'max_connections=200',
];

/** A Postgres that is started on data that are there, and ended as a power cut does. */
export class PostgresProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** Resolves when it answers, if only to readers. The URL says its port and whom to ask as. */
  static async start(program: string, data: string, url: string): Promise<PostgresProcess> {
    const { uid, gid } = await stat(data);
    const args = ['-D', data, '-p', new URL(url).port, ...flags.flatMap((flag) => ['-c', flag])];
    const [command, all] = diesWithUs(program, args);
    // Not as root, who may not run it: as whoever made the data.
    const log = await open(`${data}.log`, 'a');
    const child = spawn(command, all, { uid, gid, stdio: ['ignore', log.fd, log.fd] });
    await log.close();
    const started = new PostgresProcess(child, url);
    try {
      await until(() => started.ask('select 1').then(Boolean, () => false));
      return started;
    } catch (cause) {
      await started.kill();
      throw new Error(await readFile(`${data}.log`, 'utf8'), { cause });
    }
  }

  /** Over a connection of its own. */
  async ask(text: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Readonly<Record<string, unknown>>>(text)).rows;
    } finally {
      await client.end();
    }
  }

  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** Without waiting for those who are connected. */
  stop(): Promise<void> {
    return this.end('SIGQUIT');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }
}
