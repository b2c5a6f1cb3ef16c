import type { MeshObject } from '@spillway/domain-istio';
import fc from 'fast-check';
import { headerNames, headerTexts, methods, pathTexts, queryNames, queryTexts } from './samples.js';
import type { TextSamples } from './samples.js';

/** What generated objects and requests are about. Everything in it must exist in the mesh under test. */
export interface Scene {
  /** The host in the registry, fully qualified. */
  readonly host: string;
  readonly port: number;
  readonly namespace: string;
  readonly subsets: readonly string[];
  /** `mesh` or `namespace/name`. */
  readonly gateway: string;
  /** The host as clients call it: of the service in the mesh, a public one at a gateway. */
  readonly calledAs: string;
  /** The port that clients call: of the service in the mesh, of the server at a gateway. */
  readonly calledPort: number;
}

/** The shop in the mesh: `aService([9080])` with `aDestinationRule(['v1', 'v2', 'v3'])`. */
export const shopScene: Scene = {
  host: 'shop.demo.svc.cluster.local',
  port: 9080,
  namespace: 'demo',
  subsets: ['v1', 'v2', 'v3'],
  gateway: 'mesh',
  calledAs: 'shop.demo.svc.cluster.local',
  calledPort: 9080,
};

/** The same shop behind `aGateway()`. */
export const edgeScene: Scene = {
  ...shopScene,
  gateway: 'istio-ingress/edge',
  calledAs: 'shop.example.com',
  calledPort: 80,
};

/**
 * A VirtualService that Istio accepts, with up to five rules of up to three match
 * blocks each, built from few values, so that blocks overlap and order matters.
 */
export const arbitraryVirtualService = (scene: Scene = shopScene): fc.Arbitrary<MeshObject> =>
  fc
    .array(rule(scene), { minLength: 1, maxLength: 5 })
    .map((rules) => rules.map((one, index) => ({ name: `rule-${index}`, ...one })))
    .map((http) => ({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'generated', namespace: scene.namespace },
      spec: { hosts: [scene.calledAs], gateways: [scene.gateway], http },
    }));

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

/** Without the keys that were drawn as absent. */
const drawn = <Shape extends object>(shape: {
  [Key in keyof Shape]: fc.Arbitrary<Shape[Key]>;
}): fc.Arbitrary<object> =>
  fc
    .record(shape)
    .map((fields) =>
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    );

const text = ({ exact, prefix, regex }: TextSamples): fc.Arbitrary<object> =>
  fc.oneof(
    fc.constantFrom(...exact).map((value) => ({ exact: value })),
    fc.constantFrom(...prefix).map((value) => ({ prefix: value })),
    fc.constantFrom(...Object.keys(regex)).map((value) => ({ regex: value })),
  );

const presence = fc.constant({});

const mapOf = (names: readonly string[], match: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.dictionary(fc.constantFrom(...names), match, {
    minKeys: 1,
    maxKeys: 2,
    noNullPrototype: true,
  });

const block: fc.Arbitrary<object> = drawn({
  uri: maybe(text(pathTexts)),
  method: maybe(fc.constantFrom(...methods).map((exact) => ({ exact }))),
  headers: maybe(mapOf(headerNames, fc.oneof(text(headerTexts), presence))),
  withoutHeaders: maybe(mapOf(headerNames, fc.oneof(text(headerTexts), presence))),
  queryParams: maybe(mapOf(queryNames, fc.oneof(text(queryTexts), presence))),
  ignoreUriCase: maybe(fc.constant(true)),
});

const destination = ({ host, port, subsets }: Scene): fc.Arbitrary<object> =>
  fc.constantFrom(...subsets).map((subset) => ({ host, subset, port: { number: port } }));

/** Sums other than 100 and single zeroes among them, but never nothing at all. */
const weighted = (scene: Scene): fc.Arbitrary<readonly object[]> =>
  fc
    .array(fc.record({ destination: destination(scene), weight: fc.nat({ max: 200 }) }), {
      minLength: 2,
      maxLength: 3,
    })
    .filter((route) => route.some(({ weight }) => weight > 0));

const action = (scene: Scene): fc.Arbitrary<object> =>
  fc.oneof(
    { weight: 4, arbitrary: weighted(scene).map((route) => ({ route })) },
    { weight: 4, arbitrary: destination(scene).map((one) => ({ route: [{ destination: one }] })) },
    { weight: 1, arbitrary: fc.constant({ redirect: { uri: '/elsewhere', redirectCode: 302 } }) },
    { weight: 1, arbitrary: fc.constant({ directResponse: { status: 418 } }) },
  );

const rule = (scene: Scene): fc.Arbitrary<object> =>
  fc
    .tuple(
      fc.oneof(
        { weight: 7, arbitrary: fc.array(block, { minLength: 1, maxLength: 3 }) },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
      action(scene),
    )
    .map(([match, does]) => ({ ...(match === undefined ? {} : { match }), ...does }));
