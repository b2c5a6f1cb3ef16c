import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Runs a program of this folder in a process of its own, on the queue at the URL. */
export const spawnWorker = (
  program: 'doomed-worker' | 'leaving-worker',
  url: string,
  role: 'worker' | 'writer' = 'worker',
) =>
  spawn(
    process.execPath,
    [
      '--conditions=@spillway/source',
      `--import=${file('run-typescript.mjs')}`,
      file(`${program}.ts`),
      url,
      role,
    ],
    { env: { ...process.env, NODE_OPTIONS: '' }, stdio: ['pipe', 'pipe', 'inherit'] },
  );
