import { aCaller } from '@spillway/application/testing';
import { describe, expect, it } from '@jest/globals';
import type { NewService, ReleasePlan } from '@spillway/application';
import type { LiveObject } from '@spillway/domain-istio';
import type { StepTemplate } from '@spillway/domain-release';
import {
  instant,
  releaseId,
  serviceName,
  strategyName,
  version,
  type ClusterName,
} from '@spillway/kernel';
import { canary, percent } from '../story/strategies.js';
import { VirtualEngine, must } from '../virtual/virtual-engine.js';

const clusters = ['eu-west', 'us-east'];
const at = (weight: number): StepTemplate => ({ kind: 'setWeight', weight: percent(weight) });
const everyKind: readonly StepTemplate[] = [
  {
    kind: 'route',
    route: { name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] },
  },
  { kind: 'mirror', mirror: { share: percent(25), methods: 'safe' } },
  at(1),
  { kind: 'removeRoute', name: 'testers' },
  at(50),
  { kind: 'pause' },
];

const theirs = { namespace: 'shop', name: 'catalog' };
const [mesh, edge] = [{ host: 'catalog', port: { number: 8080 } }, ['mesh', 'shop/edge']];
const written = {
  hosts: ['catalog', 'shop.example'],
  gateways: edge,
  http: [
    {
      match: [{ uri: { prefix: '/search' } }],
      timeout: '2s',
      route: [{ destination: { ...mesh, subset: 'v1' } }],
    },
    {
      fault: { delay: { fixedDelay: '1ms' } },
      route: [{ destination: { ...mesh, subset: 'v1' } }],
    },
  ],
};
const subsets = ['v1', 'v2'].map((name) => ({ name, labels: { version: name } }));

type Given = readonly [
  name: string,
  routing: Partial<NewService>,
  objects: readonly {
    readonly kind: LiveObject['kind'];
    readonly name: string;
    readonly spec: unknown;
  }[],
];

const situations: readonly Given[] = [
  ['managed', {}, []],
  [
    'adopted',
    { ownership: { kind: 'adopted', virtualService: theirs } },
    [
      { kind: 'VirtualService', name: 'catalog', spec: written },
      { kind: 'DestinationRule', name: 'catalog', spec: { host: 'catalog', subsets } },
    ],
  ],
  [
    'delegated',
    {
      ownership: {
        kind: 'delegate',
        virtualService: { namespace: 'shop', name: 'catalog-routes' },
      },
    },
    [
      {
        kind: 'VirtualService',
        name: 'root',
        spec: { hosts: ['catalog'], http: [{ delegate: { name: 'catalog-routes' } }] },
      },
    ],
  ],
];

/** An engine in which nothing of Spillway's is there yet. */
async function furnished([, routing, objects]: Given): Promise<VirtualEngine> {
  const engine = new VirtualEngine((job, error) => {
    throw new Error(`${job.kind} failed`, { cause: error });
  });
  await engine.given(clusters, canary({ steps: everyKind, metrics: [] }), routing);
  for (const cluster of clusters) {
    const { apiServer } = engine.mesh(cluster);
    for (const kind of ['VirtualService', 'DestinationRule'] as const) {
      apiServer.remove({ kind, namespace: 'shop', name: 'catalog-spillway' });
    }
    for (const object of objects) apiServer.put({ ...object, namespace: 'shop' }, 'kubectl');
  }
  return engine;
}

const command = {
  service: serviceName('shop/catalog'),
  candidate: version('v2'),
  strategy: strategyName('canary'),
  description: '',
};

interface Change {
  readonly cluster: string;
  readonly object: string;
}

const textOf = (object: Pick<LiveObject, 'kind' | 'metadata' | 'spec'> | undefined): string => {
  if (object === undefined) return '(none)';
  const { kind, metadata, spec } = object;
  const { namespace, name, labels, annotations } = metadata;
  return JSON.stringify({ kind, namespace, name, labels, annotations, spec }, sorted);
};
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const announced = ({ clusters: all }: ReleasePlan): readonly Change[] =>
  all.flatMap(({ cluster, writes }) =>
    writes.map(({ after }) => ({ cluster, object: textOf(after as LiveObject) })),
  );

function recordWrites(engine: VirtualEngine): readonly Change[] {
  const changes: Change[] = [];
  for (const cluster of clusters) {
    engine.mesh(cluster).apiServer.onChange(({ after }) => {
      changes.push({ cluster, object: textOf(after) });
    });
  }
  return changes;
}

const of = (cluster: string, changes: readonly Change[]): readonly string[] =>
  changes.filter((one) => one.cluster === cluster).map(({ object }) => object);

describe.each(situations)('a plan for %s routing', (...given) => {
  it('is what the release then writes, to the byte and in that order', async () => {
    const engine = await furnished(given);
    const plan = must(await planned(engine));
    const changes = recordWrites(engine);
    await engine.until(instant(engine.time.now() + 1), () => Promise.resolve(false));
    expect(changes).toEqual([]);

    const id = releaseId(plan.id);
    must(await engine.useCases.startRelease({ ...command, id }, aCaller('ana')));
    const end = instant(engine.time.now() + 600_000);
    await engine.until(end, async () => {
      const { phase } = await engine.state(id);
      if (phase === 'paused') {
        await engine.useCases.commandRelease(
          { release: id, verb: 'resume', comment: '' },
          aCaller('ana'),
        );
      }
      return phase === 'succeeded';
    });
    await engine.until(instant(engine.time.now() + 60_000), () => Promise.resolve(false));

    expect((await engine.state(id)).because).toBe('v2 is the stable version now');
    for (const cluster of clusters) {
      expect(of(cluster, changes)).toEqual(of(cluster, announced(plan)));
      expect(changes.length).toBeGreaterThan(8);
    }
  });
});

/** The plan, while time passes for the links that it opens. */
async function planned(engine: VirtualEngine) {
  let plan: Awaited<ReturnType<typeof engine.useCases.planRelease>> | undefined;
  void engine.useCases.planRelease(command, aCaller('ana')).then((found) => (plan = found));
  await engine.until(instant(engine.time.now() + 10_000), () =>
    Promise.resolve(plan !== undefined),
  );
  if (plan === undefined) throw new Error('no plan came');
  return plan;
}

describe('a plan', () => {
  const [managed] = situations;

  it('says of each write when it happens', async () => {
    if (managed === undefined) return;
    const plan = must(await planned(await furnished(managed)));
    const [first] = plan.clusters;
    expect(first?.writes.map(({ when, write }) => `${when}: ${write.do}`)).toMatchInlineSnapshot(`
     [
       "preparation: write",
       "preparation: write",
       "step 1 of 14, wave 1: route testers: x-tester is yes: write",
       "step 2 of 14, wave 1: send copies of 25 % of GET and HEAD: write",
       "step 3 of 14, wave 1: set 1 %: write",
       "step 4 of 14, wave 1: remove route testers: write",
       "step 5 of 14, wave 1: set 50 %: write",
       "step 7 of 14, wave 1: set 100 %: write",
       "after the release: write",
     ]
    `);
  });

  it('says of a cluster that cannot be seen why', async () => {
    if (managed === undefined) return;
    const engine = await furnished(managed);
    engine.mesh('us-east').transport.down();
    const plan = must(await planned(engine));
    const lost = plan.clusters.find(({ cluster }) => cluster === ('us-east' as ClusterName));
    expect(lost).toMatchObject({ unseen: 'connection refused', writes: [] });
  });

  it('says why a release would be held at once', async () => {
    if (managed === undefined) return;
    const engine = await furnished(managed);
    engine
      .mesh('eu-west')
      .apiServer.put(
        { kind: 'VirtualService', namespace: 'shop', name: 'other', spec: { hosts: ['catalog'] } },
        'kubectl',
      );
    const plan = must(await planned(engine));
    expect(plan.clusters[0]?.held).toContain('shop/other claims the same host');
  });

  it('says what an API server refuses', async () => {
    if (managed === undefined) return;
    const engine = await furnished(managed);
    engine.mesh('us-east').apiServer.refuseNext('spec.http: no');
    const plan = must(await planned(engine));
    expect(plan.clusters[1]?.refused).toBe('preparation: spec.http: no');
  });
});
