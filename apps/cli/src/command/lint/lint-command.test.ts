import { describe, expect, it } from '@jest/globals';
import { classics, offline } from '../../testing/offline-shell.js';
import type { LintReport } from './lint-report.js';
import { lintEntries } from './lint-catalogue.js';

const lint = async (line: string, files: Readonly<Record<string, string>> = classics) => {
  const outcome = await offline(`lint ${line}`, { files });
  return { ...outcome, report: () => JSON.parse(outcome.stdout) as LintReport };
};

const virtualService = (spec: string, metadata = '{ name: a, namespace: shop }'): string =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: ${metadata}\nspec: ${spec}\n`;
const wrong = virtualService(
  '{ hosts: [a], http: [{ route: [{ destination: { host: a }, weight: -1 }] }] }',
);
const fine = virtualService('{ hosts: [a], http: [{ route: [{ destination: { host: a } }] }] }');

describe('lint reads', () => {
  it('folders to their depths, and in them YAML and JSON only', async () => {
    const files = {
      'deploy/a.yaml': wrong,
      'deploy/deep/er/b.yml': wrong.replace('name: a', 'name: b').replace('[a]', '[b]'),
      'deploy/deep/c.json': JSON.stringify({ kind: 'List', items: [] }),
      'deploy/notes.txt': 'a: [',
      'elsewhere/d.yaml': wrong,
    };
    const { report } = await lint('-f deploy -o json', files);
    expect(report().findings.map(({ file }) => file)).toEqual([
      'deploy/a.yaml',
      'deploy/deep/er/b.yml',
    ]);
    expect(report().summary).toMatchObject({ files: 3, objects: 2 });
  });

  it('a file whatever it is called, and once when it is named twice', async () => {
    const { report } = await lint('-f mesh.txt -f mesh.txt -o json', { 'mesh.txt': wrong });
    expect(report().findings.map(({ code }) => code)).toEqual(['WEIGHT_NEGATIVE']);
  });

  it('standard input', async () => {
    const { code, stdout } = await offline('lint -f -', { stdin: wrong });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^standard input:4:66 {2}error {2}WEIGHT_NEGATIVE/);
  });

  it('JSON, with the places in it', async () => {
    const object = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'a', namespace: 'shop' },
      spec: { hosts: ['a'], http: [{ route: [{ destination: { host: 'a' }, weight: -1 }] }] },
    };
    const { report } = await lint('-f a.json -o json', {
      'a.json': JSON.stringify(object, null, '\t'),
    });
    expect(report().findings).toMatchObject([{ code: 'WEIGHT_NEGATIVE', line: 19, column: 7 }]);
  });

  it('what kubectl reads: yes is no text, a date is', async () => {
    const { report } = await lint('-f a.yaml -o json', {
      'a.yaml': virtualService('{ hosts: [yes, 2026-01-05], http: [] }'),
    });
    const wrongTypes = report().findings.filter(({ code }) => code === 'WRONG_TYPE');
    expect(wrongTypes.map(({ path }) => path)).toEqual(['spec.hosts[0]']);
  });

  it('lists of objects, each with its own place', async () => {
    const item = wrong.replaceAll('\n', '\n    ').trimEnd();
    const { report } = await lint('-f l.yaml -o json', {
      'l.yaml': `apiVersion: v1\nkind: VirtualServiceList\nitems:\n  - ${item}\n`,
    });
    expect(report().findings).toMatchObject([
      { code: 'WEIGHT_NEGATIVE', path: 'spec.http[0].route[0].weight', line: 7, document: 1 },
    ]);
  });

  it('places behind anchors, keys with dots, and fields that are not there', async () => {
    const { report } = await lint('-f a.yaml -o json', {
      'a.yaml': `x: &route { destination: { host: a }, weight: -1 }
---
${virtualService(`
  hosts: [a]
  http:
    - match: [{ headers: { "x.y": { exact: 1 } } }]
      route: &all
        - { destination: {}, weight: 1 }
    - route: *all
`)}`,
    });
    const places = report().findings.map(({ code, path, line }) => `${line} ${code} ${path}`);
    expect(places).toContain('9 WRONG_TYPE spec.http[0].match[0].headers["x.y"].exact');
    expect(places).toContain('11 REQUIRED_FIELD spec.http[0].route[0].destination.host');
    expect(places).toContain('11 REQUIRED_FIELD spec.http[1].route[0].destination.host');
  });
});

describe('lint passes over', () => {
  it.each([
    [
      'Spillway’s own documents',
      'kind: Service\nname: shop/catalog\n---\nkind: Strategy\nname: x\n',
    ],
    ['other kinds', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\n'],
    [
      'a Gateway of the Gateway API',
      'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: a }\nspec: { servers: 7 }\n',
    ],
    ['what is no object', '- 1\n---\nfoo: bar\n---\n# nothing\n'],
    ['an empty file', ''],
  ])('%s', async (_, text) => {
    const { code, report } = await lint('-f a.yaml -o json', { 'a.yaml': text });
    expect(code).toBe(0);
    expect(report().findings).toEqual([]);
  });

  it.each([
    ['a text', 'just words\n', 'YAML_SYNTAX'],
    ['bytes that are no YAML', '\ufffd\u0001\u0002', 'YAML_SYNTAX'],
    ['a kind with a slip', fine.replace('VirtualService', 'VirtualServce'), 'UNKNOWN_KIND'],
    ['an object without a name', fine.replace(/name: \w+/, 'labels: {}'), 'REQUIRED_FIELD'],
  ])('but not over %s', async (_, text, wanted) => {
    const { code, report } = await lint('-f a.yaml -o json', { 'a.yaml': text });
    expect(code).toBe(1);
    expect(report().findings.map((finding) => finding.code)).toContain(wanted);
    expect(report().findings.map((finding) => finding.code)).not.toContain('OBJECT_TWICE');
  });

  it('but not over an object that forgot its apiVersion', async () => {
    const text = wrong.replace('apiVersion: networking.istio.io/v1\n', '');
    const { code, report } = await lint('-f a.yaml -o json', { 'a.yaml': text });
    expect(code).toBe(1);
    expect(report().findings[0]).toMatchObject({ code: 'UNKNOWN_API_VERSION', line: 1 });
  });
});

describe('lint reports', () => {
  it('a thing once where its schema and a rule both see it', async () => {
    const { report } = await lint('-f a.yaml -o json', {
      'a.yaml': virtualService(
        '{ hosts: [a], http: [{ route: [{ destination: { host: a }, weight: 1.5 }] }] }',
      ),
    });
    const paths = report().findings.map(({ path }) => path);
    expect(paths).toEqual([...new Set(paths)]);
    expect(paths).toContain('spec.http[0].route[0].weight');
  });

  it('an object that is there twice, and counts it once beside others', async () => {
    const { report } = await lint('-f x -o json', { 'x/a.yaml': fine, 'x/b.yaml': `---\n${fine}` });
    expect(report().findings).toMatchObject([
      {
        code: 'OBJECT_TWICE',
        severity: 'warning',
        file: 'x/b.yaml',
        line: 2,
        message: 'VirtualService shop/a is at x/a.yaml:1 too.',
      },
    ]);
  });

  it('Istio’s Gateway where another maker’s has the same name', async () => {
    const gateway = (apiVersion: string, spec: string): string =>
      `apiVersion: ${apiVersion}\nkind: Gateway\nmetadata: { name: g, namespace: shop }\nspec: ${spec}\n`;
    const files = {
      'a.yaml': gateway('gateway.networking.k8s.io/v1', '{ listeners: [] }'),
      'b.yaml': gateway('networking.istio.io/v1', '{ selector: { istio: none }, servers: [] }'),
      'c.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: { name: p, namespace: shop, labels: { app: p } }\n',
    };
    const { report } = await lint('-f a.yaml -f b.yaml -f c.yaml -o json', files);
    expect(report().findings.map(({ code, file }) => `${code} ${file}`)).toContain(
      'GATEWAY_SELECTS_NO_POD b.yaml',
    );
  });

  it('by file, document and path, numbers by size', async () => {
    const routes = '{ route: [{ destination: { host: a }, weight: -1 }] },'.repeat(11);
    const many = virtualService(`{ hosts: [a], http: [${routes}] }`);
    const { report } = await lint('-f b.yaml -f a.yaml -o json --severity error', {
      'a.yaml': `${fine}---\n${wrong.replace('name: a', 'name: c')}`,
      'b.yaml': many.replaceAll('hosts: [a]', 'hosts: [b]').replace('name: a', 'name: b'),
    });
    const weights = report().findings.filter(({ code }) => code === 'WEIGHT_NEGATIVE');
    const places = weights.map(({ file, document, path }) => `${file} ${document} ${path}`);
    expect(places).toHaveLength(12);
    expect([places[0], places[3], places[11]]).toEqual([
      'a.yaml 2 spec.http[0].route[0].weight',
      'b.yaml 1 spec.http[2].route[0].weight',
      'b.yaml 1 spec.http[10].route[0].weight',
    ]);
  });

  it.each([
    ['error', { errors: 7, warnings: 0, infos: 0 }],
    ['warning', { errors: 7, warnings: 1, infos: 0 }],
    ['info', { errors: 7, warnings: 1, infos: 1 }],
  ])('nothing less than %s where that is asked for', async (severity, counts) => {
    const { report } = await lint(`-f many-mistakes.yaml -o json --severity ${severity}`);
    expect(report().summary).toMatchObject(counts);
  });

  it('what the Istio that is named does not know yet', async () => {
    const files = {
      'a.yaml': fine
        .replace('hosts: [a]', 'hosts: [a]')
        .replace('{ route', '{ retries: { attempts: 1, backoff: 1s }, route'),
    };
    expect((await lint('-f a.yaml --istio 1.26', files)).code).toBe(0);
    const older = await lint('-f a.yaml --istio 1.25.3 -o json', files);
    expect(older.code).toBe(1);
    expect(older.report().findings).toMatchObject([{ code: 'FIELD_TOO_NEW' }]);
  });

  it('objects that name no namespace as those of the one that is said', async () => {
    const text = virtualService('{ hosts: [a], http: [] }', '{ name: a }');
    const { report } = await lint('-f a.yaml -n shop -o json', {
      'a.yaml': text.replace('http: []', 'htp: []'),
    });
    expect(report().findings[0]?.object).toEqual({
      kind: 'VirtualService',
      namespace: 'shop',
      name: 'a',
    });
  });

  it('in colour on a terminal only', async () => {
    const plain = await offline('lint -f a.yaml', { files: { 'a.yaml': wrong } });
    const onScreen = await offline('lint -f a.yaml', { files: { 'a.yaml': wrong }, isTTY: true });
    expect(plain.stdout).not.toContain('\u001b');
    expect(onScreen.stdout).toContain('\u001b[31merror\u001b[0m');
  });

  it('text of files without what could steer a terminal', async () => {
    const text = virtualService('{ hosts: ["\\e[31mred"], http: [] }');
    const { stdout } = await lint('-f a.yaml', { 'a.yaml': text });
    expect(stdout).not.toContain('\u001b');
  });
});

describe('lint exits with 2', () => {
  it.each([
    ['without a file', '', 'No file is given.'],
    ['for a path that is not there', '-f nowhere', '"nowhere" cannot be read'],
    ['for a folder without a file to read', '-f empty', '"empty" has no file that ends with'],
    ['for an Istio that is none', '-f a.yaml --istio latest', 'Write it as 1.29.'],
    [
      'for a severity that is none',
      '-f a.yaml --severity fatal',
      'Allowed choices are error, warning, info.',
    ],
    ['for a code that is none', '--explain NO_SUCH', 'There is no code "NO_SUCH".'],
  ])('%s', async (_, line, message) => {
    const { code, stdout, stderr } = await lint(line, { 'a.yaml': fine, 'empty/a.txt': '' });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it.each([
    ['brackets without end', '['.repeat(5_000)],
    [
      'aliases that stand for far too much',
      `a: &a [1,1,1,1,1,1,1,1,1,1]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]
`,
    ],
    ['a key that is there twice', 'a: 1\na: 2\n'],
    ['tabs', 'a:\n\tb: 1\n'],
  ])('but with 1 for %s: that is a finding', async (_, text) => {
    const { code, stderr, report } = await lint('-f a.yaml -o json', { 'a.yaml': text });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(report().findings).toMatchObject([{ code: 'YAML_SYNTAX', object: null, path: '' }]);
  });
});

describe('the catalogue', () => {
  it('has each code once', () => {
    const codes = lintEntries.map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(200);
    expect(codes).toHaveLength(new Set(codes).size);
  });

  it('is printed as a table, or for programs', async () => {
    const text = await lint('--list');
    const list = await lint('--list -o json');
    expect(text.stdout.split('\n')).toHaveLength(lintEntries.length + 2);
    expect(JSON.parse(list.stdout)).toEqual(lintEntries);
  });

  it('explains a code, however it is written', async () => {
    const { code, stdout } = await lint('--explain weight_negative');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Code: {8}WEIGHT_NEGATIVE\nSeverity: {4}error\nistioctl: {4}IST0106\n/);
  });
});
