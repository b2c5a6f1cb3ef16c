import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { end, freePort, untilReady, main } from '../../process/start-spillway.js';

const dockerfile = fileURLToPath(new URL('../../../../Dockerfile', pathToFileURL(main)));

/** Whose profiles say which file and package took the time. */
const unbundled = fileURLToPath(new URL('../main.js', pathToFileURL(main)));

/** Ends the process with this one, however this one ended. */
const endWithParent = new URL('../playground/end-with-parent/main.js', pathToFileURL(main)).href;

export interface ProcessOptions {
  readonly role: 'api' | 'worker' | 'writer' | 'all';
  readonly databaseUrl: string;
  readonly token: string;
  readonly encryptionKey: string;
  /** Leaves a profile of what it did with its processor in this folder. */
  readonly profiles?: string;
}

export interface ControlPlaneProcess {
  readonly url: string;
  readonly pid: number;
  /** From its start until it said that it is ready. */
  readonly readyAfterMs: number;
  stop(): Promise<void>;
}

/** What the image tells Node. */
const nodeOptions = /^ENV NODE_OPTIONS=(.*)$/m.exec(readFileSync(dockerfile, 'utf8'))?.[1] ?? '';

/** The bundled control plane as a process of its own, as the image starts it. */
export async function startProcess(options: ProcessOptions): Promise<ControlPlaneProcess> {
  const { role, databaseUrl, token, encryptionKey, profiles } = options;
  const port = await freePort();
  const program =
    profiles === undefined ? [main] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`, unbundled];
  const began = performance.now();
  const child = spawn(process.execPath, [`--import=${endWithParent}`, ...program], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      NODE_OPTIONS: nodeOptions,
      DATABASE_URL: databaseUrl,
      SPILLWAY_ROLE: role,
      SPILLWAY_PORT: String(port),
      SPILLWAY_TOKEN: token,
      SPILLWAY_ENCRYPTION_KEY: encryptionKey,
      SPILLWAY_RATE_LIMIT: '0',
      SPILLWAY_LOG_LEVEL: 'error',
    },
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child);
  const readyAfterMs = performance.now() - began;
  return { url, pid: child.pid ?? 0, readyAfterMs, stop: () => end(child) };
}
