import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
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
    env: process.env,
    now: () => Date.now(),
    readFile: (path) => readFile(path, 'utf8'),
    filesBelow: async (path) => ((await stat(path)).isDirectory() ? filesIn(path) : [path]),
    readStdin: () => text(process.stdin),
    onSignal,
    every: (ms, tick) => {
      const timer = setInterval(tick, ms);
      return () => clearInterval(timer);
    },
  };
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
