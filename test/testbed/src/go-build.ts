import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { diesWithUs } from './daemon.js';
import { say, took } from './say.js';
import { TestbedUnavailable } from './testbed-unavailable.js';

const oldestGo = [1, 24] as const;

export interface GoBuild {
  readonly moduleFolder: string;
  readonly packages: readonly string[];
  readonly flags: readonly string[];
  readonly into: string;
  /** Of `packageCount`; what a warm build cache holds is not compiled again. */
  readonly total: number;
}

/** How many packages the build needs. Downloads their sources first, which is the slow part when cold. */
export async function packageCount(
  moduleFolder: string,
  packages: readonly string[],
): Promise<number> {
  await requireGo(moduleFolder);
  say('downloading the Go modules, 0.8 GB when none is there');
  const start = performance.now();
  const listed = await go(moduleFolder, ['list', '-deps', ...packages]);
  say(`Go modules are there after ${took(start)}`);
  return listed.trim().split('\n').length;
}

export async function buildTools(build: GoBuild): Promise<void> {
  const start = performance.now();
  let compiled = 0;
  const progress = setInterval(() => {
    say(`compiled ${compiled} of at most ${build.total} packages after ${took(start)}`);
  }, 10_000);
  try {
    const args = ['build', '-v', ...build.flags, '-o', `${build.into}/`, ...build.packages];
    await go(build.moduleFolder, args, () => (compiled += 1));
  } finally {
    clearInterval(progress);
  }
}

/** Runs `go` in a folder and answers what it printed; `onLine` sees each line of its error output. */
export function go(
  folder: string,
  args: readonly string[],
  onLine?: (line: string) => void,
): Promise<string> {
  const [command, all] = diesWithUs('go', args);
  const env = { ...process.env, GOWORK: 'off', CGO_ENABLED: '0' };
  const child = spawn(command, all, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: string[] = [];
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  createInterface(child.stderr).on('line', (line) => {
    errors.push(line);
    onLine?.(line);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`go ${args[0]} failed:\n${errors.slice(-20).join('\n')}`));
    });
  });
}

async function requireGo(moduleFolder: string): Promise<void> {
  const next =
    `Install Go ${oldestGo.join('.')} or newer from https://go.dev/dl and put its bin folder into PATH; ` +
    'the build also needs 5 GB of disk and, the first time, the Go module proxy.';
  const found = await go(moduleFolder, ['version']).catch((cause: unknown) => {
    throw new TestbedUnavailable(
      'The testbed builds kube-apiserver, but `go` does not run.',
      next,
      {
        cause,
      },
    );
  });
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(found) ?? [];
  if (Number(major) === oldestGo[0] && Number(minor) >= oldestGo[1]) return;
  throw new TestbedUnavailable(
    `The testbed builds kube-apiserver, but found ${found.trim()}.`,
    next,
  );
}
