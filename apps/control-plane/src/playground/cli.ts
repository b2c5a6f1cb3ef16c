import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const endWithParent = new URL('./end-with-parent/main.js', import.meta.url).href;
const entry = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));

export interface CliSession {
  readonly url: string;
  readonly token: string;
  /** Ends a command that is running. */
  readonly signal: AbortSignal;
}

/** Runs `spillway` as a person would, on this terminal. Gives its exit code. */
export async function runCli(args: readonly string[], session: CliSession): Promise<number> {
  const child = spawn(process.execPath, ['--import', endWithParent, entry, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, SPILLWAY_URL: session.url, SPILLWAY_TOKEN: session.token },
  });
  const end = (): void => void child.kill('SIGTERM');
  session.signal.addEventListener('abort', end, { once: true });
  const [code] = (await once(child, 'exit')) as [number | null];
  session.signal.removeEventListener('abort', end);
  return code ?? 1;
}
