import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf, type Outcome } from './testing/shell.js';

let app: RestApp;
const spillway = shellOf(() => app.url);
const apply = (text: string, line = 'apply -f shop.yaml'): Promise<Outcome> =>
  spillway(line, { files: { 'shop.yaml': text }, stdin: text });

beforeEach(async () => {
  app = await startRestApp();
});
afterEach(() => app.close());

const release = `kind: Release
service: shop/catalog
candidate: v2
strategy: canary-10
`;
const strategy = `kind: Strategy
name: canary-10
steps:
  - setWeight: 10
  - analyze: {}
`;
const service = `kind: Service
name: shop/catalog
port: 8080
stable: v1
clusters: [eu-west]
`;
const cluster = `# where it runs
kind: Cluster
name: eu-west
connection: { simulated: { seed: 7 } }
metrics: { simulated: true }
`;
const shop = [release, strategy, service, cluster].join('---\n');

describe('apply', () => {
  it('sends what others refer to first, and tells what became of each', async () => {
    const { code, stdout, stderr } = await apply(shop);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replace(/[0-9a-f-]{36}/, '<id>')).toBe(
      [
        'document 4: Cluster eu-west applied',
        'document 2: Strategy canary-10 applied as version 1',
        'document 3: Service shop/catalog applied',
        'document 1: Release shop/catalog started as <id>',
        '',
      ].join('\n'),
    );
  });

  it('reads standard input, and skips empty documents', async () => {
    const { code, stdout } = await apply(`---\n---\n${cluster}---\n# nothing\n`, 'apply -f -');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'document 2: Cluster eu-west applied\n' });
  });

  it('gives programs one JSON object a line, or YAML documents', async () => {
    const json = await apply(`${cluster}---\n${service}`, 'apply -f shop.yaml -o json');
    const lines = json.stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { document: 1, kind: 'Cluster', outcome: 'applied', view: { name: 'eu-west' } },
      { document: 2, kind: 'Service', outcome: 'applied', view: { name: 'shop/catalog' } },
    ]);
    const yaml = await apply(cluster, 'apply -f shop.yaml -o yaml');
    expect(yaml.stdout).toMatch(/^---\ndocument: 1\nkind: Cluster\n/);
  });

  it('stops at the first refusal and points at document, line and field', async () => {
    const wrong = strategy.replace('setWeight: 10', 'setWeight: 110');
    const { code, stdout, stderr } = await apply([cluster, wrong, release].join('---\n'));
    expect(code).toBe(1);
    expect(stdout).toBe('document 1: Cluster eu-west applied\n');
    expect(stderr).toBe(
      [
        'spillway: steps[0].setWeight: must be 0 to 100 percent.',
        '  at:      shop.yaml:10 (document 2, Strategy canary-10)',
        '  field:   steps[0].setWeight',
        '  next:    Correct it and send the request again.',
        '  left:    not sent any more: document 3 (Release shop/catalog)',
        '',
      ].join('\n'),
    );
  });

  it('points at what is around a field that is missing', async () => {
    const { stderr } = await apply(`${cluster}---\n${service.replace('port: 8080\n', '')}`);
    expect(stderr).toContain('at:      shop.yaml:7 (document 2, Service shop/catalog)');
    expect(stderr).toContain('field:   port');
  });

  it.each([
    ['kind: Gateway\nname: x\n', 'shop.yaml:1 (document 1): kind: "Gateway" is not known here.'],
    ['name: x\n', 'shop.yaml:1 (document 1): kind is missing.'],
    [`${cluster}---\nkind: Service\nname: catalog\n`, 'shop.yaml:8 (document 2): name: "catalog"'],
    ['kind: Release\ncandidate: v2\n', 'shop.yaml:1 (document 1): service: is missing.'],
    [`${cluster}---\nkind: Cluster\n  name: [\n`, '(document 2): '],
    ['- kind: Cluster\n', 'A document must be a map of fields.'],
    ['name: *nobody\nkind: Cluster\n', '(document 1): Unresolved alias'],
    ['# nothing\n', 'shop.yaml has no document.'],
    ['', 'shop.yaml has no document.'],
  ])('sends nothing of a file that is wrong: %j', async (text, message) => {
    const { code, stdout, stderr } = await apply(text);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(app.useCases.commands).toEqual([]);
  });
});

describe('service apply and strategy apply', () => {
  it('take documents without a kind', async () => {
    const bare = service.replace('kind: Service\n', '');
    const { code, stdout } = await apply(bare, 'service apply -f shop.yaml');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'document 1: Service shop/catalog applied\n',
    });
  });

  it('count the versions of a strategy', async () => {
    await apply(strategy, 'strategy apply -f -');
    const { stdout } = await apply(
      strategy.replace('setWeight: 10', 'setWeight: 20'),
      'strategy apply -f -',
    );
    expect(stdout).toBe('document 1: Strategy canary-10 applied as version 2\n');
  });

  it('refuse documents of another kind', async () => {
    const { code, stderr } = await apply(cluster, 'service apply -f shop.yaml');
    expect(code).toBe(2);
    expect(stderr).toContain('kind must be "Service" for this command.');
  });
});

describe('what was applied', () => {
  beforeEach(() => apply([cluster, service, strategy].join('---\n')));

  it('is listed', async () => {
    expect((await spillway('service list')).stdout).toBe(
      [
        'NAME          STABLE  CLUSTERS  PORT  LATEST RELEASE  AGE',
        'shop/catalog  v1      eu-west   8080  -               1m',
        '',
      ].join('\n'),
    );
    expect((await spillway('strategy list')).stdout).toBe(
      [
        'NAME       VERSION  WAVES  STEPS              METRICS  AGE',
        'canary-10  1        1      set 10 %, analyze  -        1m',
        '',
      ].join('\n'),
    );
  });

  it('is got', async () => {
    const { stdout } = await spillway('service get shop/catalog');
    expect(stdout).toMatch(/^Name: +shop\/catalog\nStable: +v1\nHost: +catalog\.shop\.svc/);
    expect((await spillway('service get catalog')).code).toBe(2);
    await apply(strategy.replace('setWeight: 10', 'setWeight: 20'), 'strategy apply -f -');
    const older = await spillway('strategy get canary-10 --version 1');
    expect(older.stdout).toMatch(/Step 1: +set 10 %\n/);
    const newest = await spillway('strategy get canary-10');
    expect(newest.stdout).toMatch(/Step 1: +set 20 %\n/);
  });
});
