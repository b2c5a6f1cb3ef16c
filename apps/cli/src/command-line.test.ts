import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { createProgram } from './command/program.js';
import { Runner } from './session.js';
import { FakeIo } from './testing/fake-io.js';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';

let app: RestApp;
const spillway = shellOf(() => app.url);

beforeEach(async () => {
  app = await startRestApp();
});
afterEach(() => app.close());

/** A port of the loopback interface that nobody listens on. */
async function deadUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe('exit codes', () => {
  it('3 when nobody answers, with the address and what to do', async () => {
    const url = await deadUrl();
    const { code, stdout, stderr } = await spillway(`cluster list --url ${url}`);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(`spillway: Spillway at ${url} does not answer: `);
    expect(stderr).toContain('  next:    Check the address and that it runs.');
  });

  it('3 when a watch finds nobody', async () => {
    const { code } = await spillway(`release watch x --url ${await deadUrl()}`);
    expect(code).toBe(3);
  });

  it('3 when what answers is not Spillway', async () => {
    const stranger = createServer((_, response) => response.writeHead(404).end('<html>'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    const { code, stderr } = await spillway(`cluster list --url http://127.0.0.1:${port}`);
    stranger.close();
    expect(code).toBe(3);
    expect(stderr).toContain('has status 404 and is not one of Spillway');
  });

  it('1 when the token is not accepted, without repeating it', async () => {
    const { code, stderr } = await spillway('cluster list --token wr0ng-token');
    expect(code).toBe(1);
    expect(stderr).toContain('Set SPILLWAY_TOKEN to a token of this server.');
    expect(stderr).not.toContain('wr0ng');
  });

  it.each([
    ['', 'Usage: spillway'],
    ['cluster', 'Usage: spillway cluster'],
    ['cluster lst', '(Did you mean list?)'],
    ['cluster list --colour', "unknown option '--colour'"],
    ['cluster list -o xml', 'Allowed choices are table, text, json, yaml.'],
    ['cluster list --url nowhere', '"nowhere" is not the address of a server.'],
    ['cluster list --url http://ada:s3cret@host', 'has a user or a password in it'],
    ['cluster get', "missing required argument 'name'"],
  ])('2 for the command line "%s"', async (line, message) => {
    const { code, stdout, stderr } = await spillway(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('s3cret');
  });

  it('2 without a token', async () => {
    const { code, stderr } = await spillway('cluster list', { env: { SPILLWAY_TOKEN: ' ' } });
    expect(code).toBe(2);
    expect(stderr).toBe(
      'spillway: No token is given.\n  next:    Set SPILLWAY_TOKEN to a token of the server, or run "spillway login".\n',
    );
  });

  it('1 when something unforeseen happens on the server, with the request’s id', async () => {
    app.useCases.failWith(() => {
      throw new Error('out of luck');
    });
    const { code, stderr } = await spillway('cluster list');
    expect(code).toBe(1);
    expect(stderr).toMatch(/\n {2}request: [0-9a-f-]{36}\n/);
  });
});

describe('--help', () => {
  const program = createProgram(new Runner(new FakeIo()), new FakeIo());
  const withActions = (command: Command): readonly Command[] =>
    command.commands.length === 0 ? [command] : command.commands.flatMap(withActions);
  const paths = withActions(program).map((command) =>
    command.parent === program ? command.name() : `${command.parent?.name()} ${command.name()}`,
  );

  it('is there for each command, on stdout, with examples that are understood', async () => {
    const files = Object.fromEntries(
      ['eu-west.kubeconfig', 'shop.yaml', 'catalog.yaml', 'canary-10.yaml', 'datadog.key'].map(
        (name) => [name, 'name: shop/catalog\nkind: Service\n'],
      ),
    );
    files['canary-10.yaml'] = 'kind: Strategy\nname: canary-10\nsteps: [{ setWeight: 10 }]';
    files['catalog.yaml'] =
      'kind: Service\nname: shop/catalog\nport: 80\nstable: v1\nclusters: [eu-west]';
    files['egress.yaml'] = 'name: shop';
    files['datadog.yaml'] = 'name: datadog';
    files['measurements.json'] = '[{}]';
    files['status.json'] = '{}';
    files['cases.json'] = '[]';
    files['errors.csv'] =
      'candidate_requests,candidate_errors,stable_requests,stable_errors\n1,0,9,0\n';
    files['request.json'] = '{"host":"catalog","path":"/","from":{"namespace":"shop"}}';
    files['config.yaml'] = `contexts: { prod: { url: ${app.url}, token: token-of-ci } }`;
    for (const path of paths) {
      const { code, stdout, stderr } = await spillway(`${path} --help`);
      expect({ path, code, stderr }).toEqual({ path, code: 0, stderr: '' });
      const lines = [...stdout.matchAll(/^ {2}\$ (.*)$/gm)].map(([, line = '']) => line);
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) {
        const alone = line
          .replace(/^cat .* \| | [|<>] .*$/g, '')
          .replace('https://spillway.example', app.url);
        expect(alone).toMatch(/^spillway /);
        const bare = alone.replace(/ --watch| --wait --timeout \S+| --sso/g, '');
        const stdin = bare.startsWith('spillway login') ? 'token-of-ci' : files['shop.yaml'];
        // A file of which nothing more is known is a document with a name.
        for (const [path = '', name = ''] of bare.matchAll(/([\w-]+)\.yaml/g)) {
          files[path] ??= `name: ${name}`;
        }
        const env = { SPILLWAY_CONFIG: 'config.yaml' };
        const outcome = await spillway(bare, { files, env, stdin: stdin ?? '' });
        expect({ line, understood: outcome.code !== 2 }).toEqual({ line, understood: true });
      }
    }
  }, 30_000);

  it('tells the exit codes', async () => {
    const { code, stdout } = await spillway('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('3  the server does not answer');
  });
});
