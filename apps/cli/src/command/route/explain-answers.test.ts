import { describe, expect, it } from '@jest/globals';
import { classics, offline } from '../../testing/offline-shell.js';

const from = { namespace: 'shop' };
const request = { host: 'catalog', path: '/', from };
const explain = (asked: unknown, options = '', name = 'ninety-ten.yaml') =>
  offline(`route explain -f ${name} --request @request.json ${options}`, {
    files: {
      ...classics,
      'request.json': typeof asked === 'string' ? asked : JSON.stringify(asked),
    },
  });

describe('route explain', () => {
  it('answers one request with one object', async () => {
    const { code, stdout } = await explain(request, '-o json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'routed',
      virtualService: { namespace: 'shop', name: 'catalog' },
      route: 'split',
      destinations: [
        { subset: 'v1', port: 8080, probability: 0.9 },
        { subset: 'v2', port: 8080, probability: 0.1 },
      ],
      timeout: '2s',
    });
  });

  it('answers a list with a list, in its order', async () => {
    const { stdout } = await explain([request, { ...request, host: 'nobody' }], '-o json');
    expect(JSON.parse(stdout)).toMatchObject([{ kind: 'routed' }, { kind: 'passthrough' }]);
  });

  it('answers a list of one with a list of one', async () => {
    const { stdout } = await explain([request], '-o json');
    expect(JSON.parse(stdout)).toHaveLength(1);
  });

  it('takes the request from standard input, and the files too', async () => {
    const line = 'route explain -f';
    const asked = await offline(`${line} ninety-ten.yaml --request - -o json`, {
      files: classics,
      stdin: JSON.stringify(request),
    });
    const given = await offline(`${line} - --request @request.json -o json`, {
      files: { 'request.json': JSON.stringify(request) },
      stdin: classics['ninety-ten.yaml'] ?? '',
    });
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    expect(given.stdout).toBe(asked.stdout);
  });

  it('counts objects that name no namespace to the one that is said', async () => {
    const files = {
      'vs.yaml': (classics['ninety-ten.yaml'] ?? '').replaceAll(', namespace: shop', ''),
    };
    const line = 'route explain -f vs.yaml --request - -o json';
    const said = await offline(`${line} -n shop`, { files, stdin: JSON.stringify(request) });
    const unsaid = await offline(line, { files, stdin: JSON.stringify(request) });
    expect(JSON.parse(said.stdout)).toMatchObject({ kind: 'routed' });
    expect(JSON.parse(unsaid.stdout)).toMatchObject({ kind: 'passthrough' });
  });

  it('asks the mesh’s outbound policy where nothing else does', async () => {
    const stranger = { ...request, host: 'nobody.example' };
    const { stdout } = await explain(stranger, '--outbound-policy REGISTRY_ONLY -o json');
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'status', code: 502 });
  });
});

describe('route explain exits with 2 and says what to write', () => {
  it.each<[string, unknown, string]>([
    [
      'a field that is missing',
      { host: 'a', from },
      'request.path: expected string, but it is missing.',
    ],
    ['a mistyped field', { ...request, pth: '/' }, 'did you mean "path"?'],
    ['a wrong value', { ...request, port: 70_000 }, 'Its value is 70000.'],
    [
      'a path without a slash',
      { ...request, path: 'x' },
      'request.path: must begin with "/". Its value is "x".',
    ],
    [
      'a client of no namespace',
      { ...request, from: {} },
      'request.from.namespace: expected string',
    ],
    [
      'a gateway without a namespace',
      { ...request, from: { gateway: 'x' } },
      'request.from.gateway: must be "namespace/name" of a Gateway. Its value is "x".',
    ],
    [
      'the second of a list',
      [request, { ...request, host: 7 }],
      'request[1].host: expected string, received number. Its value is 7.',
    ],
    [
      'a connection without a port',
      { kind: 'tcp', from },
      'request.port: expected number, but it is missing.',
    ],
    ['no request at all', [], 'The list of requests is empty.'],
    ['a text', '"x"', 'request: expected object, received string. Its value is "x".'],
    ['no JSON', '{', 'The request is no JSON: '],
  ])('for %s', async (_, asked, message) => {
    const { code, stdout, stderr } = await explain(asked);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/\n {2}next: {4}\S/);
  });

  it('for files that are no YAML, with the place', async () => {
    const { code, stderr } = await explain(request, '', 'no-yaml.yaml');
    expect(code).toBe(2);
    expect(stderr).toContain('no-yaml.yaml:12:28 (document 2): Unexpected scalar at node end.');
  });

  it('for a file of requests that is not there', async () => {
    const { code, stderr } = await offline('route explain -f ninety-ten.yaml --request @nowhere', {
      files: classics,
    });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"nowhere" cannot be read'),
    });
  });

  it('for standard input that is to be two things', async () => {
    const { code, stderr } = await offline('route explain -f - --request -');
    expect(code).toBe(2);
    expect(stderr).toContain('Standard input cannot be both');
  });
});
