import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Spillway } from '@spillway/sdk';
import { main } from './cli.js';
import type { Finding } from './command/doctor/finding.js';
import { transport, unreachable } from './command/doctor/where.js';
import { FakeIo, type FakeOptions } from './testing/fake-io.js';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { words } from './testing/shell.js';

let app: RestApp;
beforeAll(async () => {
  app = await startRestApp();
}, 30_000);
beforeEach(() => {
  app.health = { ok: true, checks: [] };
});
afterAll(() => app.close());

/** On a machine whose clock is right, unless the test says otherwise. */
async function doctor(options: FakeOptions = {}, line = 'doctor -o json') {
  const env = { SPILLWAY_URL: app.url, ...options.env };
  const io = new FakeIo({ now: Date.now(), ...options, env });
  const code = await main(words(line), io);
  return { code, ...io.written };
}

const findingsOf = ({ stdout }: { readonly stdout: string }) => JSON.parse(stdout) as Finding[];

const found = async (check: string, options: FakeOptions = {}) => {
  const outcome = await doctor(options);
  return { code: outcome.code, ...findingsOf(outcome).find((finding) => finding.check === check) };
};

const withCluster = () =>
  new Spillway({ baseUrl: app.url, token: 'token-of-ci' }).clusters.put({
    name: 'eu-west',
    connection: { inCluster: true },
    metrics: { none: true },
  });

describe('doctor', () => {
  it('finds nothing that fails, and says by whose word it asks this server', async () => {
    await withCluster();
    app.health = { ok: true, checks: [{ name: 'database', ok: true }] };
    const outcome = await doctor();
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(findingsOf(outcome).map(({ check, state }) => `${check}: ${state}`)).toEqual([
      'address: ok',
      'server: ok',
      'TLS: ok',
      'clock: ok',
      'database: ok',
      'token: ok',
      'cluster eu-west: warning',
    ]);
    expect(findingsOf(outcome)[0]?.detail).toBe(`${app.url} (SPILLWAY_URL)`);
    expect(findingsOf(outcome).at(-2)?.detail).toBe('it is that of ci: admin');
  });

  it('shows people a line for each, and below what to do', async () => {
    const { code, stdout } = await doctor({ env: { SPILLWAY_TOKEN: '' } }, 'doctor');
    expect(code).toBe(1);
    expect(stdout).toContain('✔ server: ');
    expect(stdout).toContain(
      '✘ token: none is given\n    Run "spillway login", or set SPILLWAY_TOKEN.\n',
    );
  });

  it('says which part of the server does not work', async () => {
    app.health = { ok: false, checks: [{ name: 'database', ok: false, detail: 'refused' }] };
    expect(await found('database')).toMatchObject({ code: 1, state: 'failed', detail: 'refused' });
  });

  it('says that the token is not accepted', async () => {
    const token = await found('token', { env: { SPILLWAY_TOKEN: 'wrong' } });
    expect(token).toMatchObject({
      code: 1,
      state: 'failed',
      next: expect.stringContaining('login'),
    });
  });

  it('warns of clocks that are seconds apart, and fails on minutes', async () => {
    const slow = await found('clock', { now: Date.now() - 30_000 });
    expect(slow).toMatchObject({
      code: 0,
      state: 'warning',
      detail: expect.stringContaining('ahead'),
    });
    const fast = await found('clock', { now: Date.now() + 300_000 });
    expect(fast).toMatchObject({
      code: 1,
      state: 'failed',
      detail: expect.stringContaining('behind'),
    });
  });

  it('warns when others can read the login', async () => {
    const path = 'config.yaml';
    const files = {
      [path]: `contexts: { prod: { url: '${app.url}', token: t } }\ncurrent: prod\n`,
    };
    const env = { SPILLWAY_CONFIG: path };
    expect(await found('login file', { files, env })).toMatchObject({
      state: 'warning',
      next: `chmod 600 ${path}`,
    });
    const address = await found('address', { files, env: { ...env, SPILLWAY_URL: '' } });
    expect(address.detail).toBe(`${app.url} (context "prod")`);
  });

  it('says that nobody answers, and asks nothing more', async () => {
    const outcome = await doctor({ env: { SPILLWAY_URL: 'http://127.0.0.1:1' } });
    expect(outcome.code).toBe(1);
    expect(findingsOf(outcome).map(({ check }) => check)).toEqual(['address', 'server']);
  });

  it('says that it is not Spillway who answers', async () => {
    const stranger = createServer((_, response) => response.writeHead(404).end('<html>'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    const server = await found('server', { env: { SPILLWAY_URL: `http://127.0.0.1:${port}` } });
    stranger.close();
    expect(server).toMatchObject({
      code: 1,
      detail: expect.stringContaining('not one of Spillway'),
    });
  });

  it('warns that a token goes over the network in the clear', () => {
    expect(transport('http://spillway.example')).toMatchObject({ state: 'warning' });
    for (const url of ['https://spillway.example', 'http://localhost:8080', 'http://[::1]:8080']) {
      expect(transport(url)).toMatchObject({ state: 'ok' });
    }
  });

  it.each([
    ['certificate has expired', 'has expired'],
    ["Hostname/IP does not match certificate's altnames", 'for another name'],
    ['self-signed certificate in certificate chain', 'nobody whom this machine trusts'],
    ['unable to get local issuer certificate', 'nobody whom this machine trusts'],
  ])('knows what "%s" means', (reason, words) => {
    expect(unreachable(reason)).toMatchObject({
      check: 'TLS',
      detail: expect.stringContaining(words),
    });
  });
});
