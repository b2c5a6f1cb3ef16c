import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

export const root = join(import.meta.dirname, '..', '..', '..');

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string;
}

/** A folder with nothing in it, and an environment that knows nothing of this workspace. */
export class EmptyFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'spillway-journey-'));

  at = (...parts: readonly string[]): string => join(this.path, ...parts);

  /** Files by path; all of them may be run. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(this.at(path)), { recursive: true });
      writeFileSync(this.at(path), content, { mode: 0o755 });
    }
  }

  async run(
    program: string,
    args: readonly string[],
    { env = {}, cwd = this.path, stdin = '' }: RunOptions = {},
  ): Promise<Outcome> {
    const own = { HOME: this.at('home'), npm_config_cache: this.at('npm-cache') };
    const path = `${this.at('bin')}:${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
    const child = spawn(program, [...args], { cwd, env: { PATH: path, ...own, ...env } });
    child.stdin.end(stdin);
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number]>,
    ]);
    return { code, stdout, stderr };
  }

  /** For what has to succeed for the test to begin. */
  async must(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(program, args, options);
    if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
