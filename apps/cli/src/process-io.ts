import { mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { WriteStream } from 'node:tty';
import type { Io, Signal, Terminal } from './io.js';

const terminalOf = (stream: WriteStream): Terminal => ({
  isTTY: stream.isTTY,
  size: () => ({ columns: stream.columns || 80, rows: stream.rows || 24 }),
  write: (written) => void stream.write(written),
  onResize: (listener) => {
    stream.on('resize', listener);
    return () => stream.off('resize', listener);
  },
});

/** Whoever read our output has gone, as `head` does. The status is that of a death by SIGPIPE. */
const leaveWithReader = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') process.exit(141);
  throw error;
};

export function processIo(): Io {
  process.stdout.on('error', leaveWithReader);
  process.stderr.on('error', leaveWithReader);
  return {
    stdout: terminalOf(process.stdout),
    stderr: terminalOf(process.stderr),
    stdinIsTTY: process.stdin.isTTY,
    env: process.env,
    now: () => Date.now(),
    readFile: (path) => readFile(path, 'utf8'),
    filesBelow: async (path) => ((await stat(path)).isDirectory() ? filesIn(path) : [path]),
    readStdin: () => text(process.stdin),
    askSecret,
    writePrivateFile,
    permissionsOf,
    onSignal,
    every: (ms, tick) => {
      const timer = setInterval(tick, ms);
      return () => clearInterval(timer);
    },
  };
}

/** readline echoes into the void. */
async function askSecret(question: string): Promise<string> {
  process.stderr.write(question);
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

/** Beside it first: whoever reads meanwhile reads the old one or the new one, and both are private. */
async function writePrivateFile(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
  await rename(draft, path);
}

async function permissionsOf(path: string): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  try {
    return (await stat(path)).mode & 0o777;
  } catch {
    return undefined;
  }
}

const isPassedOver = (folder: string): boolean =>
  folder.startsWith('.') || folder === 'node_modules';

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) return [path];
      return isPassedOver(entry.name) ? [] : filesIn(path);
    }),
  );
  return found.flat();
}

function onSignal(listener: (signal: Signal) => void): () => void {
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return () => {
    process.off('SIGINT', listener);
    process.off('SIGTERM', listener);
  };
}
