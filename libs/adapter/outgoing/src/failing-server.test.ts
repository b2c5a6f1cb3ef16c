import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { GuardedCalls } from './guarded-calls.js';
import { readPolicy } from './policy.js';

const calls = new GuardedCalls({ policy: readPolicy('nothingPrivate', ['127.0.0.1']) });
const sockets = new Set<Socket>();
const timers = new Set<NodeJS.Timeout>();
let server: Server;
let behave: (socket: Socket) => void;

beforeEach(async () => {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('data', () => behave(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const timer of timers) clearInterval(timer);
  for (const socket of sockets) socket.destroy();
  timers.clear();
  sockets.clear();
  await new Promise((resolve) => server.close(resolve));
});

const call = (scheme = 'http', timeoutMs = 300) =>
  calls.call({
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    method: 'POST',
    headers: {},
    body: '{}',
    timeoutMs,
    maxBytes: 1_000,
  });

const trickle = (socket: Socket, text: string) =>
  timers.add(setInterval(() => socket.write(text), 20));

const head = 'HTTP/1.1 200 OK\r\n';

describe('a server that fails', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['never answers', () => undefined],
    ['says to go on, for ever', (socket) => trickle(socket, 'HTTP/1.1 102 Processing\r\n\r\n')],
    ['stops within its headers', (socket) => socket.write(`${head}content-len`)],
    ['stops within its body', (socket) => socket.write(`${head}content-length: 10\r\n\r\nhalf`)],
    [
      'sends its body a byte at a time',
      (socket) => {
        socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
        trickle(socket, '1\r\nx\r\n');
      },
    ],
  ])('and %s is given up after the time', async (_, how) => {
    behave = how;
    expect(await call()).toMatchObject({ kind: 'failed', why: 'timeOut' });
  });

  it.each<[string, (socket: Socket) => void]>([
    ['hangs up', (socket) => socket.end()],
    ['resets the connection', (socket) => socket.resetAndDestroy()],
    ['speaks something else', (socket) => socket.end('220 mail.test ESMTP\r\n')],
    ['has no status', (socket) => socket.end('HTTP/1.1 abc\r\n\r\n')],
    ['hangs up within its headers', (socket) => socket.end(`${head}content-len`)],
    ['hangs up within its body', (socket) => socket.end(`${head}content-length: 9\r\n\r\nhalf`)],
    ['sends bad chunks', (socket) => socket.end(`${head}transfer-encoding: chunked\r\n\r\nzz\r\n`)],
    ['sends huge headers', (socket) => socket.write(`${head}x: ${'y'.repeat(100_000)}\r\n\r\n`)],
  ])('and %s has failed, with the reason', async (_, how) => {
    behave = how;
    expect(await call('http', 5_000)).toEqual({
      kind: 'failed',
      why: 'connection',
      reason: expect.stringMatching(/./),
    });
  });

  it('has failed when it speaks no TLS where TLS was asked for', async () => {
    behave = (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(await call('https', 5_000)).toMatchObject({ kind: 'failed', why: 'connection' });
  });

  it('is not listened to for longer than it takes to have enough', async () => {
    behave = (socket) => {
      socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
      trickle(socket, `400\r\n${'x'.repeat(1_024)}\r\n`);
    };
    const answer = await call('http', 5_000);
    expect(answer).toMatchObject({ kind: 'answered', status: 200, body: 'x'.repeat(1_000) });
    const [socket] = sockets;
    if (socket?.destroyed === false) {
      await new Promise((resolve) => socket.once('close', resolve));
    }
    expect(socket?.destroyed).toBe(true);
  });
});
