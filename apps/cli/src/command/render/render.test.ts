import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { expectGolden } from '../../testing/golden.js';
import { offline, type Outcome } from '../../testing/offline-shell.js';

const service = `kind: Service
name: shop/catalog
port: 8080
stable: v1
clusters: [eu-west, us-east]
`;
const strategy = `kind: Strategy
name: careful
waves: [{ clusters: [eu-west] }, { rest: true }]
steps:
  - route: { name: testers, match: [{ headers: { x-tester: { exact: 'yes' } } }] }
  - mirror: { percent: 25, methods: safe }
  - setWeight: 10
  - bake: 5m
  - removeRoute: testers
`;
const theirs = `# kept as it is
apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: catalog, namespace: shop, labels: { team: shop } }
spec:
  hosts: [catalog]
  http:
    - name: search
      match: [{ uri: { prefix: /search } }]
      timeout: 2s
      route: [{ destination: { host: catalog, port: { number: 8080 }, subset: v1 } }]
    - name: other
      match: [{ uri: { prefix: /old } }]
      redirect: { uri: /new }
    - name: rest
      route: [{ destination: { host: catalog, port: { number: 8080 }, subset: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: catalog, namespace: shop }
spec:
  host: catalog
  subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }]
`;
const adopting = `${service}routing: { adopt: { virtualService: catalog, routes: [rest] } }\n`;

const files = {
  'service.yaml': service,
  'strategy.yaml': strategy,
  'adopting.yaml': adopting,
  'theirs.yaml': theirs,
};
const managed = '-f service.yaml -f strategy.yaml --candidate v2';
const adopted = '-f adopting.yaml -f strategy.yaml --candidate v2 --live theirs.yaml';

const render = (rest: string, more: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
  offline(`render ${rest}`, { files: { ...files, ...more } });

describe('render prints what was reviewed', () => {
  it.each([
    ['managed-preparation', managed],
    ['managed-step-3', `${managed} --step 3`],
    ['managed-step-3-wave-2', `${managed} --step 3 --wave 2`],
    ['managed-end', `${managed} --step end`],
    ['adopted-step-3', `${adopted} --step 3`],
    ['adopted-patch-step-3', `${adopted} --step 3 --patch`],
  ])('as %s', async (name, rest) => {
    const { code, stdout, stderr } = await render(rest);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expectGolden(stdout, new URL(`./golden/${name}.golden.txt`, import.meta.url));
  });
});

const objectsOf = ({ stdout }: Outcome): readonly Record<string, never>[] =>
  parseAllDocuments(stdout, { version: '1.1' }).map(
    (document) => document.toJS() as Record<string, never>,
  );

describe('render', () => {
  it('prints the same objects as YAML and as a List', async () => {
    const yaml = await render(`${managed} --step 3`);
    const json = await render(`${managed} --step 3 -o json`);
    expect(JSON.parse(json.stdout)).toEqual({
      apiVersion: 'v1',
      kind: 'List',
      items: objectsOf(yaml),
    });
  });

  it('prints the same bytes each time', async () => {
    const line = `${managed} --step 2`;
    expect((await render(line)).stdout).toBe((await render(line)).stdout);
  });

  it('takes the documents from one file too, and from standard input', async () => {
    const both = `${service}---\n${strategy}`;
    const one = await render('-f both.yaml --candidate v2 --step 3', { 'both.yaml': both });
    const piped = await offline('render -f - --candidate v2 --step 3', { stdin: both });
    const two = await render(`${managed} --step 3`);
    expect(one.stdout).toBe(two.stdout);
    expect(piped.stdout).toBe(two.stdout);
  });

  it('writes the release and the generation that are given', async () => {
    const id = '0f3a9c1e-1111-4222-8333-444455556666';
    const { stdout } = await render(`${managed} --step 3 --release ${id} --generation 41`);
    expect(stdout).toContain('name: catalog.0f3a9c1e.g41');
    expect(stdout).toContain(`spillway.dev/release: ${id}`);
  });

  it('quotes versions that YAML would take for something else', async () => {
    const { stdout } = await render('-f service.yaml -f strategy.yaml --candidate on');
    expect(stdout).toContain('version: "on"');
  });

  it('leaves an adopted VirtualService as it was before the first step, and patches nothing', async () => {
    const before = await render(adopted);
    const patch = await render(`${adopted} --patch -o json`);
    expect(objectsOf(before)).toEqual(
      objectsOf({ code: 0, stdout: theirs, stderr: '' }).slice(0, 1),
    );
    expect(JSON.parse(patch.stdout)).toEqual([]);
  });

  it('chooses clusters by the labels of Cluster documents', async () => {
    const waves = strategy.replace('{ clusters: [eu-west] }', '{ labels: { region: us } }');
    const cluster = 'kind: Cluster\nname: us-east\nlabels: { region: us }\n';
    const line = '-f all.yaml --candidate v2 --step 1';
    const { stdout } = await render(line, { 'all.yaml': `${service}---\n${waves}---\n${cluster}` });
    expect(stdout).toContain(
      '# step 1 of 12, wave 1: route testers: x-tester is yes; in us-east\n',
    );
    const without = await render(line, { 'all.yaml': `${service}---\n${waves}` });
    expect(without.code).toBe(2);
    expect(without.stderr).toContain('Wave 1 selects no cluster.');
  });

  it('tells on stderr what lint finds in it', async () => {
    const broken = theirs.replace('timeout: 2s', 'timeOut: 2s');
    const { code, stderr } = await render(`${adopted} --step 3`, { 'theirs.yaml': broken });
    expect(code).toBe(0);
    expect(stderr).toBe(
      'spillway: lint: error  UNKNOWN_FIELD  VirtualService shop/catalog spec.http[0].timeOut: There is no field "timeOut" here.\n',
    );
  });
});

describe('render exits with 2', () => {
  it.each<[string, string, Readonly<Record<string, string>>, string]>([
    ['without a strategy', '-f service.yaml --candidate v2', {}, 'The files have no Strategy.'],
    [
      'for a version that serves already',
      '-f service.yaml -f strategy.yaml --candidate v1',
      {},
      'already serves v1',
    ],
    [
      'for a version that cannot be',
      '-f service.yaml -f strategy.yaml --candidate v_2',
      {},
      'Write letters, digits and "-"',
    ],
    ['for a step that is not there', `${managed} --step 99`, {}, 'The plan has no step 99.'],
    ['for a wave that is not there', `${managed} --step 1 --wave 3`, {}, 'The plan has 2 waves.'],
    ['for a word that is no step', `${managed} --step last`, {}, 'Write a whole number from 1.'],
    ['for a release that has no id', `${managed} --release x`, {}, 'Write a UUID'],
    ['for a patch of nothing', `${managed} --patch`, {}, 'adopts no VirtualService'],
    [
      'for an adopted service without --live',
      '-f adopting.yaml -f strategy.yaml --candidate v2',
      {},
      'adopts VirtualService shop/catalog, which no file of --live has',
    ],
    [
      'for a field that is wrong, with its line',
      managed,
      { 'strategy.yaml': strategy.replace('setWeight: 10', 'setWeight: 101') },
      'strategy.yaml:7 (document 1, Strategy careful): steps[2].setWeight: must be 0 to 100 percent',
    ],
    [
      'for routing that cannot say it',
      `${managed} --step 1`,
      { 'service.yaml': `${service}protocol: tcp\n` },
      'The release would be held: ',
    ],
    [
      'for somebody else’s claim',
      `${managed} --live theirs.yaml`,
      {},
      'shop/catalog claims the same host',
    ],
    [
      'for pods',
      managed,
      {
        'service.yaml': `${service}routing: { replicas: { deployment: 'catalog-{version}', total: 4 } }\n`,
      },
      'is routed by its pods',
    ],
    [
      'for two services',
      managed,
      { 'service.yaml': `${service}---\n${service.replace('catalog', 'cart')}` },
      'Choose with --service: shop/catalog, shop/cart.',
    ],
    [
      'for a file that is not there',
      '-f nowhere.yaml --candidate v2',
      {},
      '"nowhere.yaml" cannot be read',
    ],
  ])('%s', async (_, rest, more, message) => {
    const { code, stdout, stderr } = await render(rest, more);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/\n {2}next: {4}\S/);
  });
});
