import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

/** The bundled control plane, as an image starts it. */
export const main = fileURLToPath(
  import.meta.resolve('@spillway/control-plane').replace(/[^/]*$/, 'bundle/main.js'),
);
const patienceMs = 120_000;

export interface Spillway {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface SpillwayOptions {
  readonly databaseUrl: string;
  readonly role: 'api' | 'all';
  readonly env?: Readonly<Record<string, string>>;
}

/** The bundled control plane as a process of its own, migrated and ready. */
export async function startSpillway({
  databaseUrl,
  role,
  env = {},
}: SpillwayOptions): Promise<Spillway> {
  const port = await freePort();
  const token = randomBytes(24).toString('hex');
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      SPILLWAY_ROLE: role,
      SPILLWAY_PORT: String(port),
      SPILLWAY_TOKEN: token,
      SPILLWAY_ENCRYPTION_KEY: randomBytes(32).toString('hex'),
      SPILLWAY_MIGRATE: 'true',
      SPILLWAY_LOG_LEVEL: 'error',
      ...env,
    },
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child);
  return { url, token, pid: child.pid ?? 0, stop: () => end(child) };
}

/** Resolves when the control plane at `url` says that it is ready; throws when its process ends before. */
export async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const answer = await fetch(`${url}/health/ready`).catch((error: unknown) => String(error));
    if (typeof answer !== 'string' && answer.ok) {
      await answer.body?.cancel();
      return;
    }
    const said = typeof answer === 'string' ? answer : await answer.text();
    if (child.exitCode !== null) throw new Error(`the control plane ended with ${child.exitCode}`);
    if (performance.now() > deadline) throw new Error(`the control plane is not ready: ${said}`);
    await sleep(10);
  }
}

/** Asks a child to end, and waits until it has. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Calls the API, and throws what it refuses. */
export const callerOf =
  ({ url, token }: Spillway) =>
  async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
