import { aCaller } from '@spillway/application/testing';
import { expect, it } from '@jest/globals';
import type { RehearsedWrite, ReleasePlan } from '@spillway/application';
import { main, type Io } from '@spillway/cli';
import type { LiveObject, MeshObject } from '@spillway/domain-istio';
import { toNewService, toStrategy } from '@spillway/interface-contract';
import { instant, version } from '@spillway/kernel';
import { parse } from 'yaml';
import { VirtualEngine, must } from '../virtual/virtual-engine.js';

const service = (routing: string): string => `kind: Service
name: shop/catalog
port: 8080
stable: v1
clusters: [eu-west, eu-north, us-east]
${routing}`;

const strategy = (sticky: string): string => `kind: Strategy
name: canary
waves: [{ clusters: [eu-west] }, { rest: true }]
${sticky}steps:
  - route: { name: testers, match: [{ headers: { x-tester: { exact: 'yes' } } }] }
  - mirror: { percent: 25, methods: safe }
  - pause: {}
  - setWeight: 0.01
  - removeRoute: testers
  - ramp: { from: 10, to: 50, steps: 3, over: 3m }
  - bake: 1m
`;

const theirs = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: catalog, namespace: shop, labels: { team: shop } }
spec:
  hosts: [catalog]
  http:
    - { match: [{ uri: { prefix: /old } }], redirect: { uri: /new } }
    - name: rest
      timeout: 2s
      route: [{ destination: { host: catalog, port: { number: 8080 }, subset: v1 } }]
`;

const root = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: root, namespace: shop }
spec: { hosts: [catalog], http: [{ delegate: { name: routes } }] }
`;

const sticky = 'sticky: { cookie: version, lifetime: 1h }\n';
const edge = 'edge: { gateways: [shop/public], hosts: [shop.example.com] }\n';

const situations = [
  ['managed', service(''), strategy(''), undefined],
  ['sticky at the edge', service(edge), strategy(sticky), undefined],
  [
    'versions that are Services',
    service("versionHost: 'catalog-{version}'\n"),
    strategy(''),
    undefined,
  ],
  [
    'handed over',
    service('routing: { delegate: { virtualService: routes } }\n'),
    strategy(''),
    root,
  ],
  ['adopted', service('routing: { adopt: { virtualService: catalog } }\n'), strategy(''), theirs],
] as const;

const fieldsOf = (text: string): object => {
  const { kind: _, ...fields } = parse(text) as { kind: string };
  return fields;
};

/** As people wrote it: without what an API server adds. */
const objectOf = (text: string): MeshObject => parse(text) as MeshObject;

const writtenIn = (text: string) => {
  const { kind, metadata, spec } = objectOf(text);
  const known = kind as LiveObject['kind'];
  return {
    kind: known,
    namespace: metadata.namespace,
    name: metadata.name,
    labels: metadata.labels ?? {},
    spec,
  };
};

/** The plan of a release in clusters that hold nothing but people's object, while time passes for its links. */
async function planned(
  serviceText: string,
  strategyText: string,
  people: string | undefined,
): Promise<ReleasePlan> {
  const engine = new VirtualEngine((job, error) => {
    throw new Error(`${job.kind} failed`, { cause: error });
  });
  const service = must(toNewService(fieldsOf(serviceText)));
  const { name, ...draft } = must(toStrategy(fieldsOf(strategyText)));
  await engine.given(service.clusters, draft, service);
  for (const cluster of service.clusters) {
    const { apiServer } = engine.mesh(cluster);
    for (const kind of ['VirtualService', 'DestinationRule'] as const) {
      apiServer.remove({ kind, namespace: 'shop', name: 'catalog-spillway' });
    }
    if (people !== undefined) apiServer.put(writtenIn(people), 'kubectl');
  }
  let plan: Awaited<ReturnType<typeof engine.useCases.planRelease>> | undefined;
  void engine.useCases
    .planRelease(
      { service: service.service, candidate: version('v2'), strategy: name, description: '' },
      aCaller('ana'),
    )
    .then((found) => (plan = found));
  const end = instant(engine.time.now() + 10_000);
  await engine.until(end, () => Promise.resolve(plan !== undefined));
  if (plan === undefined) throw new Error('no plan came');
  return must(plan);
}

/** The number of the step that a write belongs to. */
function stepOf({ when }: RehearsedWrite, steps: number): number {
  if (when === 'preparation') return 0;
  const [, number] = /^step (\d+) of/.exec(when) ?? [];
  return number === undefined ? steps + 1 : Number(number);
}

type Objects = Record<string, object>;
const bare = ({ kind, metadata, spec }: Omit<MeshObject, 'apiVersion'>) => {
  const { namespace, name, labels = {}, annotations = {} } = metadata;
  return { kind, metadata: { namespace, name, labels, annotations }, spec };
};

async function rendered(files: Readonly<Record<string, string>>, rest: string): Promise<Objects> {
  const written = { stdout: '', stderr: '' };
  const io: Io = {
    stdout: {
      isTTY: false,
      size: () => ({ columns: 80, rows: 24 }),
      write: (text) => void (written.stdout += text),
      onResize: () => () => undefined,
    },
    stderr: { write: (text) => void (written.stderr += text) },
    env: {},
    now: () => 0,
    readFile: (path) => Promise.resolve(files[path] ?? ''),
    filesBelow: (path) => Promise.resolve([path]),
    readStdin: () => Promise.resolve(''),
    stdinIsTTY: false,
    askSecret: () => Promise.resolve(''),
    writePrivateFile: () => Promise.resolve(),
    permissionsOf: () => Promise.resolve(undefined),
    onSignal: () => () => undefined,
    every: () => () => undefined,
  };
  const options = `--candidate v2 -o json ${rest}`.split(' ');
  const code = await main(['render', '-f', 'service.yaml', '-f', 'strategy.yaml', ...options], io);
  expect({ code, stderr: written.stderr }).toEqual({ code: 0, stderr: '' });
  const { items } = JSON.parse(written.stdout) as { items: MeshObject[] };
  return Object.fromEntries(items.map((object) => [object.kind, bare(object)]));
}

it.each(situations)(
  'what is rendered for %s is what a cluster holds after that step',
  async (_, serviceText, strategyText, people) => {
    const { id, plan, clusters } = await planned(serviceText, strategyText, people);
    const files = {
      'service.yaml': serviceText,
      'strategy.yaml': strategyText,
      'theirs.yaml': people ?? '',
    };
    const points = ['preparation', ...plan.steps.map((_step, i) => String(i + 1)), 'end'];
    for (const { cluster, held, writes } of clusters) {
      expect(held).toBeUndefined();
      const wave = plan.waves.findIndex((names) => names.includes(cluster)) + 1;
      for (const [step, point] of points.entries()) {
        const live = people === undefined ? '' : ' --live theirs.yaml';
        const line = `--release ${id} --step ${point} --wave ${wave}${live}`;
        const before = people === theirs ? { VirtualService: bare(objectOf(people)) } : {};
        const objects = heldAfter(before, writes, { step, count: plan.steps.length });
        expect({ cluster, line, objects: await rendered(files, line) }).toEqual({
          cluster,
          line,
          objects,
        });
      }
    }
  },
);

function heldAfter(
  before: Objects,
  writes: readonly RehearsedWrite[],
  { step, count }: { readonly step: number; readonly count: number },
): Objects {
  const held = { ...before };
  for (const write of writes) {
    if (stepOf(write, count) > step) continue;
    if (write.after !== undefined) held[write.after.kind] = bare(write.after);
    else if (write.before !== undefined) delete held[write.before.kind];
  }
  return held;
}
