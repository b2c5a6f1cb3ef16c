import fc from 'fast-check';
import type { LiveObject } from '../istio-object.js';
import type { Fields } from '../spec-fields.js';

const host = fc.constantFrom('catalog', 'catalog.shop', 'catalog.shop.svc.cluster.local');
const aWeight = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100_000 }));

/** Fields that newer versions of Istio, or nobody, ever heard of. */
const unknown: fc.Arbitrary<Fields> = fc.oneof(
  { arbitrary: fc.constant({}), weight: 5 },
  {
    arbitrary: fc.dictionary(
      fc.constantFrom('xFuture', 'a/b~c', 'weightish', 'zz'),
      fc.oneof(
        fc.boolean(),
        fc.integer(),
        fc.string(),
        fc.constant([]),
        fc.constant({ deep: [1, { a: {} }] }),
      ),
      { maxKeys: 2 },
    ),
    weight: 1,
  },
);

const maybe = <T>(key: string, value: fc.Arbitrary<T>, weight = 1): fc.Arbitrary<Fields> =>
  fc.oneof(
    { arbitrary: fc.constant({}), weight: 3 },
    { arbitrary: value.map((one) => ({ [key]: one })), weight },
  );

const together = (...parts: readonly fc.Arbitrary<Fields>[]): fc.Arbitrary<Fields> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as Fields);

/** Keys in the order in which somebody wrote them. */
const shuffled = (fields: fc.Arbitrary<Fields>): fc.Arbitrary<Fields> =>
  fc
    .tuple(fields, fc.boolean())
    .map(([one, turn]) => (turn ? Object.fromEntries(Object.entries(one).reverse()) : one));

const headerOperations = fc.constantFrom<Fields>(
  {},
  { response: { remove: ['server'] } },
  { request: { set: { 'x-a': 'b' } }, response: { add: { via: '%RESPONSE_CODE%' } } },
);

const destination = (subset: string): fc.Arbitrary<Fields> =>
  together(
    host.map((one) => ({ host: one, subset })),
    maybe('port', fc.constant({ number: 8080 })),
    unknown,
  );

const entry = (to: fc.Arbitrary<Fields>): fc.Arbitrary<Fields> =>
  shuffled(
    together(
      to.map((one) => ({ destination: one })),
      maybe('weight', aWeight, 9),
      maybe('headers', headerOperations),
      unknown,
    ),
  );

const other = entry(
  fc.constantFrom<Fields>({ host: 'catalog', subset: 'old' }, { host: 'audit.ops' }),
);

/** Mostly stable once; sometimes twice, and with others in any place. */
const entries = fc
  .tuple(
    fc.oneof(
      { arbitrary: fc.constant(1), weight: 12 },
      { arbitrary: fc.constantFrom(0, 2), weight: 1 },
    ),
    fc.constantFrom(0, 0, 1),
    fc.constantFrom(0, 0, 0, 1, 2),
    fc.nat(),
  )
  .chain(([stables, candidates, others, turn]) =>
    fc
      .tuple(
        fc.array(entry(destination('v1')), { minLength: stables, maxLength: stables }),
        fc.array(entry(destination('v2')), { minLength: candidates, maxLength: candidates }),
        fc.array(other, { minLength: others, maxLength: others }),
      )
      .map(([one, two, three]) => {
        const all = [...one, ...two, ...three];
        const first = all.length === 0 ? 0 : turn % all.length;
        return [...all.slice(first), ...all.slice(0, first)];
      }),
  );

const percentage = fc.constantFrom<Fields>(
  {},
  { mirrorPercentage: { value: 12.5 } },
  { mirrorPercent: 50 },
);
const copies = fc.oneof(
  { arbitrary: fc.constant<Fields>({}), weight: 8 },
  {
    arbitrary: together(
      fc.constantFrom<Fields>(
        { mirror: { host: 'catalog', subset: 'v2' } },
        { mirror: { host: 'audit.ops' } },
      ),
      percentage,
    ),
    weight: 2,
  },
  {
    arbitrary: fc.constant<Fields>({
      mirrors: [
        { destination: { host: 'audit.ops' }, percentage: { value: 1 }, xFuture: 1 },
        { destination: { host: 'catalog', subset: 'v2' } },
      ],
    }),
    weight: 1,
  },
);

const block = together(
  maybe(
    'uri',
    fc.constantFrom({ prefix: '/api' }, { exact: '/a' }, { regex: '/x.*' }, { prefix: '/' }),
  ),
  maybe('ignoreUriCase', fc.boolean()),
  maybe(
    'headers',
    fc.constantFrom({}, { 'x-tester': { exact: 'no' } }, { cookie: { regex: '.*a=1.*' } }),
  ),
  maybe('method', fc.constantFrom({ exact: 'POST' }, { exact: 'GET' })),
  maybe('sourceLabels', fc.constantFrom({}, { app: 'web' })),
  maybe('gateways', fc.constantFrom<readonly string[]>([], ['mesh'], ['edge/public'])),
  maybe('port', fc.constantFrom(80, 8080)),
  maybe('name', fc.constant('block')),
  unknown,
);

const foreign: fc.Arbitrary<Fields> = together(
  maybe('timeout', fc.constantFrom('1s', '30s')),
  maybe('retries', fc.constantFrom({ attempts: 0 }, { attempts: 3, retryOn: '5xx,503' })),
  maybe('fault', fc.constant({ delay: { fixedDelay: '1s', percentage: { value: 0.1 } } })),
  maybe('corsPolicy', fc.constant({ allowOrigins: [{ exact: 'https://a' }], maxAge: '24h' })),
  maybe('headers', headerOperations),
  maybe('rewrite', fc.constantFrom({ authority: 'b' }, { uri: '/' })),
  unknown,
);

const named = maybe('name', fc.constantFrom('primary', 'slow', 'twice', 'catalog'), 4);
const matched = maybe('match', fc.array(block, { maxLength: 2 }), 3);

const ours = shuffled(
  together(
    named,
    matched,
    entries.map((route) => ({ route })),
    copies,
    foreign,
  ),
);

const theirsOnly: fc.Arbitrary<Fields> = shuffled(
  together(
    named,
    matched,
    fc.constantFrom<Fields>(
      { redirect: { uri: '/' } },
      { directResponse: { status: 403 } },
      { delegate: { name: 'cart', namespace: 'cart' } },
      { route: [{ destination: { host: 'catalog', subset: 'v2' } }] },
      { route: [{ destination: { host: 'cart' } }] },
      { route: [] },
    ),
    foreign,
  ),
);

const httpRoute = fc.oneof({ arbitrary: ours, weight: 3 }, { arbitrary: theirsOnly, weight: 1 });

const connections = fc.array(
  together(
    maybe('match', fc.constantFrom([{ port: 31_400 }], [{ sniHosts: ['catalog'] }])),
    entries.map((route) => ({ route })),
    unknown,
  ),
  { maxLength: 2 },
);

const texts = fc.dictionary(fc.constantFrom('a', 'note', 'x/y', 'x~y'), fc.string(), {
  maxKeys: 2,
});

/** A route that people insert: to stable, and to nothing that a release could mean. */
export const anInsertedRoute: fc.Arbitrary<Fields> = together(
  fc.constant({ name: 'inserted' }),
  matched,
  fc.constant({ route: [{ destination: { host: 'catalog', subset: 'v1' } }] }),
  foreign,
);

/** What people may have written: all fields, in any order, with what nobody needs. */
export const someVirtualService: fc.Arbitrary<LiveObject> = fc
  .record({
    annotations: texts,
    labels: texts,
    spec: shuffled(
      together(
        fc.constantFrom<Fields>({ hosts: ['catalog'] }, {}, { hosts: [] }),
        maybe(
          'gateways',
          fc.constantFrom<readonly string[]>([], ['mesh'], ['mesh', 'edge/public']),
        ),
        maybe('exportTo', fc.constantFrom(['*'], ['.'])),
        fc.array(httpRoute, { maxLength: 4 }).map((http) => ({ http })),
        maybe('tcp', connections),
        maybe('tls', connections),
        unknown,
      ),
    ),
  })
  .map(({ annotations, labels, spec }) => ({
    kind: 'VirtualService',
    metadata: {
      name: 'catalog',
      namespace: 'shop',
      annotations,
      labels,
      resourceVersion: '1',
      managers: [],
    },
    spec,
  }));
