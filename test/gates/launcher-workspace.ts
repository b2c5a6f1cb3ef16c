import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from './workspace.js';

export interface Launched {
  readonly ended: Promise<{ code: number | null; output: string }>;
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the playground and what it started are no longer there. */
  everythingGone(): Promise<void>;
}

export interface LauncherWorkspace {
  start(args: readonly string[], env?: Readonly<Record<string, string>>): Launched;
  changeLockFile(): void;
  remove(): void;
}

/** Prints its pid and that of a program it starts, as the real one starts a database. */
const playground = `
import { spawn } from 'node:child_process';
const database = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
const args = process.argv.slice(2);
console.log('pids ' + process.pid + ' ' + database.pid);
process.on('SIGINT', () => { console.log('playground got SIGINT'); setTimeout(() => process.exit(42), 100); });
process.on('SIGTERM', () => process.exit(43));
console.log('playground ready ' + args.join(' '));
if (args[0] === '--end') { database.kill(); process.exitCode = Number(args[1] ?? 0); }
else setInterval(() => {}, 1000);
`;

const npm = `#!/bin/sh
[ -n "$NPM_FAILS" ] && exit 1
mkdir -p node_modules/typescript/bin && : > node_modules/typescript/bin/tsc
`;

const pretendNode = `
if (process.env.PRETEND_NODE) {
  Object.defineProperty(process, 'versions', { value: { ...process.versions, node: process.env.PRETEND_NODE } });
}
`;

const lockFile = (version: string): string =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/typescript': { version, integrity: version } },
  });

/** The real tools/ around an npm, a compiler and a playground that take no time. */
export function aLauncherWorkspace(): LauncherWorkspace {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-start-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  cpSync(join(root, 'tools'), join(folder, 'tools'), { recursive: true });
  write('package.json', '{"type":"module"}');
  write('package-lock.json', lockFile('1'));
  write('bin/npm', npm);
  chmodSync(join(folder, 'bin/npm'), 0o755);
  write('pretend.mjs', pretendNode);
  write('apps/control-plane/dist/playground/main.js', playground);
  return {
    start: (args, env = {}) => launch(folder, args, env),
    changeLockFile: () => write('package-lock.json', lockFile('2')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function launch(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Launched {
  const { npm_execpath: _ours, NODE_OPTIONS: _jest, ...outer } = process.env;
  const child = spawn(
    process.execPath,
    ['--import', join(folder, 'pretend.mjs'), join(folder, 'tools/start.mjs'), ...args],
    { env: { ...outer, PATH: `${folder}/bin:${outer['PATH']}`, ...env } },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const pids = (): number[] => (/pids (\d+) (\d+)/.exec(output) ?? []).slice(1).map(Number);
  return {
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, output })),
    says: (text) =>
      until(
        () => output.includes(text),
        () => `"${text}" in: ${output}`,
      ),
    kill: (signal) => child.kill(signal),
    everythingGone: () =>
      until(
        () => pids().length === 2 && !pids().some(isRunning),
        () => `end of ${pids().join(', ')}`,
      ),
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => boolean, wanted: () => string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Waited 10 s for ${wanted()}`);
    await wait(20);
  }
}
