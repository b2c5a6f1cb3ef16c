import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { main } from './cli.js';
import { FakeIo, type FakeOptions } from './testing/fake-io.js';
import { words } from './testing/shell.js';
import { startRestApp, type RestApp } from './testing/spillway-server.js';

const file = 'home/spillway/config.yaml';

let app: RestApp;
let files: Record<string, string>;
beforeEach(async () => {
  app = await startRestApp();
  files = {};
}, 30_000);
afterEach(() => app.close());

/** One machine: what a command line leaves in files is there for the next. */
async function spillway(line: string, options: FakeOptions = {}) {
  const env = { XDG_CONFIG_HOME: 'home', SPILLWAY_TOKEN: '', ...options.env };
  const io = new FakeIo({ ...options, files, env });
  const code = await main(words(line), io);
  files = io.files;
  return { code, ...io.written, permissions: io.permissions };
}

const login = (name: string, token = 'token-of-ci') =>
  spillway(`login ${app.url} --name ${name}`, { stdin: `${token}\n` });

describe('login', () => {
  it('stores what it tried, for nobody else to read, and shows no token', async () => {
    const { code, stdout, stderr, permissions } = await login('prod');
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `Logged in to ${app.url} as ci. It is the context "prod", which is in use now.\n`,
      stderr: '',
    });
    expect(permissions).toEqual({ [file]: 0o600 });
    expect(parse(files[file] ?? '')).toEqual({
      current: 'prod',
      contexts: { prod: { url: app.url, token: 'token-of-ci' } },
    });
    expect(await spillway('cluster list')).toMatchObject({ code: 0, stderr: '' });
  });

  it('asks a person at a terminal, but nobody in CI', async () => {
    const asked = await spillway(`login ${app.url}`, { typed: 'token-of-ci' });
    expect(asked).toMatchObject({ code: 0, stderr: `Token for ${app.url}: ` });
    expect(parse(files[file] ?? '')).toMatchObject({ current: new URL(app.url).host });
    const inCi = await spillway(`login ${app.url}`, { typed: 'token-of-ci', env: { CI: 'true' } });
    expect(inCi).toMatchObject({ code: 2, stderr: expect.stringContaining('No token is given.') });
  });

  it('stores nothing that the server does not accept', async () => {
    expect(await login('prod', 'wrong')).toMatchObject({ code: 1 });
    expect(files[file]).toBeUndefined();
  });

  it('takes no token from the command line', async () => {
    const { code, stderr } = await spillway(`login ${app.url} --token s3cret`);
    expect(code).toBe(2);
    expect(stderr).toContain('history of the shell');
    expect(stderr).not.toContain('s3cret');
  });

  it('says when there is no place to remember it', async () => {
    const env = { XDG_CONFIG_HOME: '' };
    const { code, stderr } = await spillway(`login ${app.url}`, { stdin: 'token-of-ci', env });
    expect(code).toBe(2);
    expect(stderr).toContain('Set SPILLWAY_CONFIG to a file, or HOME.');
  });
});

describe('contexts', () => {
  it('are listed without their tokens, used and removed', async () => {
    await login('prod');
    await login('test');
    const { stdout } = await spillway('context list');
    expect(stdout).toContain(`     prod  ${app.url}  stored\n*    test  ${app.url}  stored\n`);
    expect(await spillway('context use prod')).toMatchObject({ code: 0 });
    const listed = JSON.parse((await spillway('context list -o json')).stdout) as object[];
    expect(listed).toMatchObject([{ name: 'prod', inUse: true, hasToken: true }, { inUse: false }]);
    expect(JSON.stringify(listed)).not.toContain('token-of-ci');
    expect(await spillway('context remove prod')).toMatchObject({ code: 0 });
    expect((await spillway('context list -q')).stdout).toBe('test\n');
    expect(await spillway('cluster list')).toMatchObject({ code: 2 });
  });

  it('are taken by an option, by the environment, or the one in use, in this order', async () => {
    await login('prod');
    files[file] += '  broken: { url: http://127.0.0.1:1, token: t }\n';
    const env = { SPILLWAY_CONTEXT: 'broken' };
    expect(await spillway('cluster list', { env })).toMatchObject({ code: 3 });
    expect(await spillway('cluster list --use-context prod', { env })).toMatchObject({ code: 0 });
    expect(await spillway('cluster list')).toMatchObject({ code: 0 });
    const { code, stderr } = await spillway('cluster list --use-context other');
    expect(code).toBe(2);
    expect(stderr).toContain('There is no context "other". There are prod, broken.');
  });

  it('give their token to no other server', async () => {
    await login('prod');
    const { code, stderr } = await spillway('cluster list --url http://127.0.0.1:1');
    expect(code).toBe(2);
    expect(stderr).toContain('No token is given.');
  });

  it('are not looked at where address and token are given', async () => {
    files[file] = 'no: configuration';
    const env = { SPILLWAY_URL: app.url, SPILLWAY_TOKEN: 'token-of-ci' };
    expect(await spillway('cluster list', { env })).toMatchObject({ code: 0 });
    const { code, stderr } = await spillway('cluster list');
    expect(code).toBe(2);
    expect(stderr).toContain(`${file} is not a configuration of spillway.`);
  });
});
