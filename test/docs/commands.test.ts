import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { main, type Io } from '@spillway/cli';
import { shownFiles } from './manifests.js';
import { blocksOf, inlineCode, pages, readRoot } from './pages.js';

/** Those that need no server are run by offline-checks.test.ts and analysis-offline.test.ts, logins by tests of the CLI. */
const isOffline =
  /^spillway (?:lint|render|route|analysis (?:evaluate|judges|replay --csv)|login|context|completion|doctor)\b/;

/** Of shell blocks, and of prose where the whole command is there. */
const lines = [
  ...blocksOf('sh').flatMap(({ place, text }) =>
    text.split('\n').map((line) => ({ place, line: line.trim() })),
  ),
  ...pages.flatMap((page) => inlineCode(page).map((line) => ({ place: page.path, line }))),
].filter(({ line }) => line.startsWith('spillway ') && !isOffline.test(line));

const commands = [...new Map(lines.map((one) => [one.line, one])).values()];

/** As a shell would split it; quotes keep words together. */
const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '').slice(1);

const fileText = (path: string): string =>
  path.startsWith('docs/')
    ? readRoot(path)
    : (shownFiles[path] ?? (path.endsWith('.json') ? '{}' : 'secret'));

const ioOf = (url: string, written: string[]): Io => ({
  stdout: {
    isTTY: false,
    size: () => ({ columns: 80, rows: 24 }),
    write: (text) => void written.push(text),
    onResize: () => () => undefined,
  },
  stderr: { write: (text) => void written.push(text) },
  env: { SPILLWAY_URL: url, SPILLWAY_TOKEN: 'token-of-a-reader' },
  now: () => Date.now(),
  readFile: (path) => Promise.resolve(fileText(path)),
  filesBelow: (path) => Promise.resolve([path]),
  stdinIsTTY: false,
  readStdin: () => Promise.resolve(''),
  askSecret: () => Promise.resolve(''),
  writePrivateFile: () => Promise.resolve(),
  permissionsOf: () => Promise.resolve(undefined),
  onSignal: () => () => undefined,
  every: () => () => undefined,
});

let server: Server;
let asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(401, { 'Content-Type': 'application/problem+json' });
    response.end(JSON.stringify({ status: 401, code: 'UNAUTHENTICATED', detail: 'No.', next: '' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

it('the pages show commands', () => expect(commands.length).toBeGreaterThan(15));

/** The server refuses everything, so a command that gets as far as asking is a command. */
it.each(commands)('$line ($place) is understood and asks the server', async ({ line }) => {
  const written: string[] = [];
  const { port } = server.address() as AddressInfo;
  const code = await main(words(line), ioOf(`http://127.0.0.1:${port}`, written));
  expect({ code, said: written.join('') }).toMatchObject({ code: 1 });
  expect(asked).not.toEqual([]);
});
