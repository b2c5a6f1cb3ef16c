import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LookupAddress } from 'node:dns';
import { GuardedCalls } from './guarded-calls.js';
import { readPolicy } from './policy.js';
import { LoopbackEndpoints } from './testing/index.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const endpoints = (): LoopbackEndpoints => {
  const made = new LoopbackEndpoints();
  open.push(made);
  return made;
};

function guarded(allow: readonly string[], answers: readonly (readonly string[])[] = []) {
  let asked = 0;
  const resolve = (): Promise<readonly LookupAddress[]> => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    return Promise.resolve(
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  const calls = new GuardedCalls({ policy: readPolicy('nothingPrivate', allow), resolve });
  open.push(calls);
  const get = (url: string) =>
    calls.call({ url, method: 'GET', headers: {}, timeoutMs: 5_000, maxBytes: 100 });
  return { get, asked: () => asked };
}

describe('the guard', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.0.0.1/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://①②⑦.⓪.⓪.①/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[2002:7f00:1::]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://10.0.0.1:8080/',
    'https://192.168.0.1/',
  ])('sends nothing to %s', async (url) => {
    expect(await guarded([]).get(url)).toMatchObject({ kind: 'refused' });
  });

  it.each([
    [['10.0.0.1']],
    [['169.254.169.254']],
    [['::ffff:127.0.0.1']],
    [['fd00::1', '::1']],
    [[]],
  ])('sends nothing to a name that leads to %j', async (addresses) => {
    const { get } = guarded([], [addresses]);
    expect(await get('http://gate.test/')).toMatchObject({ kind: 'refused' });
  });

  it('connects to the allowed ones of several addresses only', async () => {
    const served = endpoints();
    const port = new URL(await served.serve({ status: 200 })).port;
    const { get } = guarded(['127.0.0.1'], [['10.0.0.1', '127.0.0.1']]);
    expect(await get(`http://gate.test:${port}/`)).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('connects to what it has checked when the name leads elsewhere a moment later', async () => {
    const victim = createServer((_, response) => response.end('private'));
    await new Promise<void>((resolve) => victim.listen(0, '127.0.0.1', resolve));
    const { port } = victim.address() as AddressInfo;
    const harmless = createServer((_, response) => {
      response.setHeader('connection', 'close').end('public');
    });
    await new Promise<void>((resolve) => harmless.listen(port, '127.0.0.2', resolve));
    for (const server of [victim, harmless]) {
      open.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    }
    const { get, asked } = guarded(['127.0.0.2'], [['127.0.0.2'], ['127.0.0.1']]);
    const url = `http://rebinding.test:${port}/`;
    expect(await get(url)).toMatchObject({ kind: 'answered', body: 'public' });
    expect(asked()).toBe(1);
    expect(await get(url)).toMatchObject({ kind: 'refused' });
  });

  it('does not go where an allowed address redirects to', async () => {
    const served = endpoints();
    const inner = await served.serve({ status: 200, body: 'private' });
    const url = await served.serve({ status: 302, headers: { location: inner } });
    expect(await guarded(['127.0.0.1']).get(url)).toMatchObject({ kind: 'answered', status: 302 });
    expect(served.received).toHaveLength(1);
  });

  it.each(['http://example.com:22/', 'http://example.com:6379/', 'https://example.com:25/'])(
    'does not speak HTTP to whatever listens at %s',
    async (url) => {
      expect(await guarded([], [['93.184.215.14']]).get(url)).toMatchObject({ kind: 'refused' });
    },
  );
});
