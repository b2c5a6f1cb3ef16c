import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Daemon, diesWithUs } from './src/daemon.js';
import { makeTempFolder, removeTempFolder } from './src/temp-folder.js';
import { until } from './src/index.js';

/** No process has it: above the largest pid that Linux gives out (2^22). */
const deadPid = 99_999_999;
const stale = join(tmpdir(), `spillway-testbed-${deadPid}-eu-west-x`);
let folder: string;

beforeAll(async () => {
  await mkdir(join(stale, 'etcd'), { recursive: true });
  folder = await makeTempFolder('daemon');
});

afterAll(() => removeTempFolder(folder));

const shell = (script: string): Promise<Daemon> =>
  Daemon.start({ name: 'shell', command: 'sh', args: ['-c', script], folder });

/** An orphan that ended stays as a zombie (Z) where process 1 collects none, as in many containers. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return !/\) [ZX]/.test(stat);
}

test('folders of a run that crashed are removed, those of this one are not', async () => {
  const left = await readdir(tmpdir());
  expect(left).not.toContain(basename(stale));
  expect(left).toContain(basename(folder));
});

test('a process that ends before it is ready says what its log says', async () => {
  const daemon = await shell('echo "no such flag" >&2; exit 3');
  await expect(daemon.ready(() => Promise.resolve(false))).rejects.toThrow(
    /exit code 3.*\n.*no such flag/,
  );
});

test('stop ends the children of a process too, even while it is frozen', async () => {
  const daemon = await shell('sleep 600 & trap wait TERM; wait');
  daemon.freeze();
  await daemon.stop();
  expect(() => process.kill(-daemon.pid, 0)).toThrow('ESRCH');
});

test('nothing survives a test runner that is killed', async () => {
  const [command, args] = diesWithUs('sleep', ['600']);
  const start = `require('child_process').spawn(${JSON.stringify(command)}, ${JSON.stringify(args)}, { detached: true })`;
  const runner = spawn(process.execPath, [
    '-e',
    `console.log(${start}.pid); setInterval(() => {}, 1000)`,
  ]);
  const [pid] = (await once(runner.stdout, 'data')) as [Buffer];
  const survivor = Number(pid.toString());
  expect(await isRunning(survivor)).toBe(true);
  runner.kill('SIGKILL');
  await until(async () => !(await isRunning(survivor)), {
    what: 'the process is gone',
    withinMs: 5_000,
  });
});
