import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { diesWithUs } from '../src/daemon.js';
import { until } from '../src/until.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const built = (file: string): string => `${root}apps/control-plane/dist/${file}`;

export const entries = {
  controlPlane: built('bundle/main.js'),
  playground: built('playground/main.js'),
};

export interface ChildOptions {
  readonly entry: keyof typeof entries;
  readonly args?: readonly string[];
  /** All of its environment, beside PATH. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A built process as a user starts it: what it prints, and how it ends. */
export class Child {
  output = '';
  private readonly exited: Promise<unknown>;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.exited = once(child, 'close');
  }

  static start({ entry, args = [], env = {} }: ChildOptions): Child {
    const [command, all] = diesWithUs(process.execPath, [entries[entry], ...args]);
    const { PATH = '' } = process.env;
    return new Child(spawn(command, all, { cwd: root, env: { PATH, ...env } }));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** The exit code, or the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals | null> {
    await this.exited;
    return this.child.exitCode ?? this.child.signalCode;
  }

  says(text: string, withinMs = 60_000): Promise<unknown> {
    const what = `"${text}" is printed`;
    return until(() => this.output.includes(text), { what, withinMs }).catch((error: unknown) => {
      throw new Error(`it printed only:\n${this.output}`, { cause: error });
    });
  }
}
