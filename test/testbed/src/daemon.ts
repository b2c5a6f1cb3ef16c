import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GiveUp, until } from './until.js';

export interface DaemonSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Holds `<name>.log`. */
  readonly folder: string;
}

/** A process in a group of its own that does not outlive us: the kernel kills it when we die, however we die. */
export class Daemon {
  private constructor(
    private readonly spec: DaemonSpec,
    private readonly child: ChildProcess,
    readonly pid: number,
  ) {}

  static async start(spec: DaemonSpec): Promise<Daemon> {
    const log = await open(logOf(spec), 'a');
    try {
      const [command, args] = diesWithUs(spec.command, spec.args);
      const child = spawn(command, args, { detached: true, stdio: ['ignore', log.fd, log.fd] });
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve).once('error', reject);
      });
      if (child.pid === undefined) throw new Error(`${spec.name} started without a pid`);
      return new Daemon(spec, child, child.pid);
    } finally {
      await log.close();
    }
  }

  /** Waits for the first `true` of `isReady`. When the process ends before, the end of its log is in the error. */
  async ready(isReady: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
    await until(
      async () => {
        if (this.hasEnded()) throw new GiveUp(await this.ended());
        return isReady();
      },
      { what: `${this.spec.name} is ready (log: ${logOf(this.spec)})`, withinMs },
    );
  }

  /** Asks it to end, and insists after ten seconds. Resolves when the whole group is gone. */
  async stop(): Promise<void> {
    this.signal('SIGTERM');
    this.signal('SIGCONT');
    const insist = setTimeout(() => this.signal('SIGKILL'), 10_000);
    await this.gone();
    clearTimeout(insist);
  }

  /** As a crash or a power cut ends it. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.gone();
  }

  /** Keeps its sockets open and answers nothing, like a machine that hangs. */
  freeze(): void {
    this.signal('SIGSTOP');
  }

  thaw(): void {
    this.signal('SIGCONT');
  }

  /** Also when it is frozen. */
  isRunning(): boolean {
    return !this.hasEnded();
  }

  private hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async ended(): Promise<Error> {
    const log = await readFile(logOf(this.spec), 'utf8');
    const how = this.child.signalCode ?? `exit code ${this.child.exitCode}`;
    return new Error(`${this.spec.name} ended (${how}):\n${log.slice(-3000)}`);
  }

  private signal(name: NodeJS.Signals | 0): boolean {
    try {
      return process.kill(-this.pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
      throw error;
    }
  }

  private gone(): Promise<unknown> {
    return until(() => this.hasEnded() && !this.signal(0), {
      what: `${this.spec.name} (process group ${this.pid}) is gone`,
      withinMs: 20_000,
    });
  }
}

const logOf = ({ folder, name }: DaemonSpec): string => join(folder, `${name}.log`);

let hasSetpriv: boolean | undefined;

/** Elsewhere than on Linux (no setpriv) a killed test runner leaves its processes behind. */
export function diesWithUs(command: string, args: readonly string[]): [string, readonly string[]] {
  hasSetpriv ??= spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status === 0;
  return hasSetpriv
    ? ['setpriv', ['--pdeathsig', 'KILL', '--', command, ...args]]
    : [command, args];
}
