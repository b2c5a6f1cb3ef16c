import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { guardedDial } from './guarded-dial.js';
import { readPolicy } from './policy.js';

let server: Server;
const sockets: Socket[] = [];

beforeEach(async () => {
  server = createServer((socket) => sockets.push(socket.end('220 mail.test ESMTP\r\n')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const port = () => (server.address() as AddressInfo).port;
const leadsTo = (address: string) => () => Promise.resolve([{ address, family: 4 }]);

describe('dialling', () => {
  it('connects to an address that is allowed, and to a name that leads there', async () => {
    const policy = readPolicy('nothingPrivate', ['127.0.0.1']);
    for (const host of ['127.0.0.1', 'mail.test']) {
      const socket = await guardedDial(policy, leadsTo('127.0.0.1'))(host, port());
      sockets.push(socket);
      const greeting = await new Promise((resolve) => socket.once('data', resolve));
      expect(String(greeting)).toMatch(/^220 /);
    }
  });

  it.each(['127.0.0.1', 'mail.test', '::1', '169.254.169.254'])(
    'does not connect to %s where that is private',
    async (host) => {
      const dial = guardedDial(readPolicy('nothingPrivate'), leadsTo('10.0.0.1'));
      await expect(dial(host, port())).rejects.toThrow(/is not public|never called/);
    },
  );

  it('says why nobody answered', async () => {
    const gone = port();
    await new Promise((resolve) => server.close(resolve));
    const dial = guardedDial(readPolicy('nothingPrivate', ['127.0.0.1']));
    await expect(dial('127.0.0.1', gone)).rejects.toThrow(/ECONNREFUSED/);
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
});
