import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { main, type Io } from '@spillway/cli';

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Stands for `spillway` on the PATH: hands its words to the sources, which only the test can run. */
const shim = `
const { PORT } = process.env;
const body = JSON.stringify({ words: process.argv.slice(2), folder: process.cwd() });
const answer = await fetch('http://127.0.0.1:' + PORT, { method: 'POST', body });
const { code, stdout, stderr } = await answer.json();
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
`;

/** A folder of its own with a real shell, in which `spillway` is a command without server or token. */
export class OfflineShell {
  readonly folder = mkdtempSync(join(tmpdir(), 'spillway-offline-'));
  private readonly server: Server;

  constructor() {
    this.write({
      'bin/spillway.mjs': shim,
      'bin/spillway': '#!/bin/sh\nexec node "$(dirname "$0")/spillway.mjs" "$@"\n',
    });
    this.server = createServer((request, response) => {
      void json(request)
        .then((asked) => spillway(asked as Asked))
        .then((outcome) => response.end(JSON.stringify(outcome)));
    });
  }

  async open(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
    rmSync(this.folder, { recursive: true });
  }

  /** Files by path; all of them may be run. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content, { mode: 0o755 });
    }
  }

  async run(script: string): Promise<Outcome> {
    const { port } = this.server.address() as AddressInfo;
    const child = spawn('sh', ['-c', script], {
      cwd: this.folder,
      env: {
        PATH: `${join(this.folder, 'bin')}:${process.env['PATH'] ?? ''}`,
        PORT: String(port),
        HOME: this.folder,
        GIT_CONFIG_NOSYSTEM: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number]>,
    ]);
    return { code, output: stdout + stderr };
  }
}

interface Asked {
  readonly words: readonly string[];
  readonly folder: string;
}

async function spillway({ words, folder }: Asked) {
  const written = { stdout: '', stderr: '' };
  const io: Io = {
    stdout: {
      isTTY: false,
      size: () => ({ columns: 80, rows: 24 }),
      write: (out) => void (written.stdout += out),
      onResize: () => () => undefined,
    },
    stderr: { write: (out) => void (written.stderr += out) },
    env: {},
    now: () => Date.now(),
    readFile: (path) => Promise.resolve(readFileSync(join(folder, path), 'utf8')),
    filesBelow: (path) => Promise.resolve(filesBelow(folder, path)),
    stdinIsTTY: false,
    readStdin: () => Promise.resolve(''),
    askSecret: () => Promise.resolve(''),
    writePrivateFile: () => Promise.resolve(),
    permissionsOf: () => Promise.resolve(undefined),
    onSignal: () => () => undefined,
    every: () => () => undefined,
  };
  return { code: await main(words, io), ...written };
}

function filesBelow(folder: string, path: string): readonly string[] {
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
