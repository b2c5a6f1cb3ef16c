import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';

let app: RestApp;
const spillway = shellOf(() => app.url);
beforeEach(async () => {
  app = await startRestApp();
});
afterEach(() => app.close());

const files = {
  'key.txt': 'geheim\r\n',
  'sources.yaml': `kind: Source
name: graphite
connection:
  graphite:
    url: https://graphite.example
    basic: { username: ada, password: { secret: graphite-password } }
---
kind: Source
name: own
timeout: 2s
connection:
  http:
    url: https://metrics.example/?q={{query}}
    path: /value
    headers: { accept: application/json, authorization: { secret: own-token } }
`,
};

describe('secret', () => {
  it('is put from a file or standard input, without the line end and without being shown', async () => {
    const put = await spillway('secret put key --from-file key.txt', { files });
    expect(put).toEqual({ code: 0, stdout: 'secret key stored\n', stderr: '' });
    expect(app.useCases.sources.texts.get('key')).toBe('geheim');
    await spillway('secret put key --from-file -', { stdin: 'two\nlines\n' });
    expect(app.useCases.sources.texts.get('key')).toBe('two\nlines');
  });

  it.each([
    ['secret put key', 'required option'],
    ['secret put key geheim --from-file key.txt', 'too many arguments'],
    ['secret put key --from-file empty.txt', '"empty.txt" is empty.'],
    ['secret put key --from-file none.txt', 'cannot be read'],
  ])('sends nothing with "%s"', async (line, message) => {
    const { code, stderr } = await spillway(line, { files: { 'empty.txt': '\n' } });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(app.useCases.commands).toEqual([]);
  });

  it('is listed and removed by name', async () => {
    await spillway('secret put key --from-file key.txt', { files });
    const { stdout } = await spillway('secret list');
    expect(stdout).toBe('NAME  CHANGED  AGE\nkey   1m       1m\n');
    expect((await spillway('secret list -o json')).stdout).not.toContain('geheim');
    expect((await spillway('secret remove key')).stdout).toBe('secret key removed\n');
    expect(await spillway('secret remove key')).toMatchObject({ code: 1 });
  });
});

describe('source', () => {
  it('is applied from a file, alone and among other documents', async () => {
    const { code, stdout } = await spillway('source apply -f sources.yaml', { files });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'document 1: Source graphite applied\ndocument 2: Source own applied\n',
    });
    expect((await spillway('apply -f sources.yaml', { files })).code).toBe(0);
  });

  it('is listed, got and removed', async () => {
    await spillway('source apply -f sources.yaml', { files });
    expect((await spillway('source list')).stdout).toBe(
      [
        'NAME      KIND      TIMEOUT  SECRETS  AGE',
        'graphite  graphite  10s      1        1m',
        'own       http      2s       1        1m',
        '',
      ].join('\n'),
    );
    expect((await spillway('source get own')).stdout).toBe(
      [
        'Name:                  own',
        'Kind:                  http',
        'url:                   https://metrics.example/?q={{query}}',
        'path:                  /value',
        'headers.accept:        application/json',
        'headers.authorization: secret own-token',
        'Timeout:               2s',
        'Age:                   1m',
        '',
      ].join('\n'),
    );
    expect((await spillway('source remove own')).stdout).toBe('source own removed\n');
    expect(await spillway('source get own')).toMatchObject({ code: 1 });
  });

  it('keeps secrets out of files', async () => {
    const secret = 'kind: Secret\nname: key\nvalue: geheim\n';
    const { code, stderr } = await spillway('apply -f x.yaml', { files: { 'x.yaml': secret } });
    expect(code).toBe(2);
    expect(stderr).toContain(
      'x.yaml:1 (document 1): A secret has no place in a file of documents.',
    );
    expect(stderr).toContain('spillway secret put NAME --from-file FILE');
    expect(stderr).not.toContain('geheim');
    expect(app.useCases.commands).toEqual([]);
  });
});

describe('measurement push', () => {
  const where = '--metric m --cluster eu --service shop/catalog --version v2';
  const document = { metric: 'm', cluster: 'eu', service: 'shop/catalog', version: 'v2' };
  const pushed = () => app.useCases.commands.at(-1);

  it('sends the one that the options describe', async () => {
    const value = await spillway(`measurement push ${where} --value -1.5e3 --idempotency-key k`);
    expect(value).toEqual({ code: 0, stdout: '1 measurement taken\n', stderr: '' });
    expect(pushed()).toMatchObject({
      idempotencyKey: 'k',
      measurements: [{ ...document, figure: { kind: 'value', value: -1500 } }],
    });
    await spillway(`measurement push ${where} --requests 10 --errors 2 --at 2026-01-05T10:00:00Z`);
    expect(pushed()).toMatchObject({
      measurements: [
        { at: Date.UTC(2026, 0, 5, 10), figure: { kind: 'counts', requests: 10, errors: 2 } },
      ],
    });
  });

  it.each([
    ['one', { ...document, value: 1 }, 1],
    [
      'a list',
      [
        { ...document, value: 1 },
        { ...document, value: 2 },
      ],
      2,
    ],
    ['the document of REST', { measurements: [{ ...document, value: 1 }] }, 1],
  ])('sends what a file has as %s', async (_, written, count) => {
    const options = { files: { 'm.json': JSON.stringify(written) } };
    const { code } = await spillway('measurement push -f m.json', options);
    expect(code).toBe(0);
    expect(pushed()).toMatchObject({ measurements: { length: count } });
  });

  it.each([
    ['', '--metric is not given.'],
    ['--metric m --cluster eu --service shop/catalog --value 1', '--version is not given.'],
    [`${where} --value 1 --requests 2`, 'cannot be used with'],
    [`${where} --value much`, 'Write a number.'],
    [`${where} --value 1 -f m.json`, '--metric means nothing with --file.'],
    ['-f empty.json', 'has no measurement'],
    ['-f text.json', 'has no measurement'],
    ['-f broken.json', 'is not understood'],
  ])('sends nothing with "%s"', async (options, message) => {
    const { code, stderr } = await spillway(`measurement push ${options}`, {
      files: { 'empty.json': '[]', 'text.json': '"x"', 'broken.json': '[{' },
    });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(app.useCases.commands).toEqual([]);
  });

  it('leaves the figure to the server', async () => {
    const { code, stderr } = await spillway(`measurement push ${where} --requests 2`);
    expect(code).toBe(1);
    expect(stderr).toContain('give either value, or requests and errors');
  });
});
