import { fieldsOf, listOf, type MeshObject } from '@spillway/domain-istio';
import type { HttpRequest } from '@spillway/domain-route';
import {
  aDestinationRule,
  anObject,
  arbitraryRequest,
  arbitraryVirtualService,
  type Scene,
} from '@spillway/domain-route/testing';
import fc from 'fast-check';

/** Some objects that are about one host, and requests to that host. */
export interface AgreementCase {
  readonly host: string;
  readonly objects: readonly MeshObject[];
  readonly requests: readonly HttpRequest[];
}

export const webLabels = { app: 'web', track: 'canary' };
export const edge = 'istio-ingress/edge';

/** What every case stands on: the shop on port 80, with three versions, and a gateway. */
export const ground: readonly MeshObject[] = [
  anObject('Service', {
    selector: { app: 'shop' },
    ports: [{ port: 80, name: 'http' }],
  }),
  aDestinationRule(['v1', 'v2', 'v3']),
  anObject(
    'Gateway',
    {
      selector: { istio: 'ingress' },
      servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
    },
    { name: 'edge', namespace: 'istio-ingress' },
  ),
];

const sceneFor = (index: number, gateway: string): Scene => ({
  host: 'shop.demo.svc.cluster.local',
  port: 80,
  calledPort: 80,
  namespace: 'demo',
  subsets: ['v1', 'v2', 'v3'],
  gateway,
  calledAs: `case-${index}.example.com`,
});

/** The same seed gives the same case. Every host is another one, so that all cases fit into one proxy. */
export function agreementCase(
  index: number,
  seed: number,
  gateway: 'mesh' | 'edge',
): AgreementCase {
  const scene = sceneFor(index, gateway === 'edge' ? edge : 'mesh');
  const virtualService = arbitraryVirtualService(scene);
  const objects = fc
    .tuple(virtualService, virtualService, fc.constantFrom(...shapeNames))
    .map(([first, second, shape]) =>
      shapes[shape](named(first, `first-${index}`), named(second, `second-${index}`), index),
    );
  const whole = objects.chain((all) =>
    fc
      .array(
        fc.constantFrom(...all).chain((one) => arbitraryRequest(one, scene)),
        { minLength: 4, maxLength: 4 },
      )
      .map((requests) => ({ host: scene.calledAs, objects: all, requests: requests.map(asWeb) })),
  );
  const [made] = fc.sample(whole, { numRuns: 1, seed: seed + index });
  if (made === undefined) throw new Error('fast-check made no case');
  return made;
}

type Shape = (
  first: MeshObject,
  second: MeshObject,
  index: number,
) => readonly [MeshObject, ...MeshObject[]];

const shapeNames = ['plain', 'delegated', 'twice', 'hidden', 'wild', 'sourced'] as const;

const shapes: Readonly<Record<(typeof shapeNames)[number], Shape>> = {
  plain: (first, _, index) => [renamed(first, `plain-${index}`)],
  /** Every other rule of the root gives way to the delegate. */
  delegated: (first, second, index) => {
    const rules = httpOf(first).map((rule, i) =>
      i % 2 === 0
        ? { name: rule['name'], match: rule['match'], delegate: { name: `leaf-${index}` } }
        : rule,
    );
    const leaf = anObject('VirtualService', { http: httpOf(second) }, { name: `leaf-${index}` });
    return [withHttp(renamed(first, `root-${index}`), rules), leaf];
  },
  /** One host in two objects: in the mesh the older one has it all, at a gateway they add up. */
  twice: (first, second, index) => [
    renamed(first, `young-${index}`, '2026-02-02T00:00:00Z'),
    renamed(second, `old-${index}`, '2026-01-01T00:00:00Z'),
  ],
  /** Not everybody may see the older one. */
  hidden: (first, second, index) => {
    const audience = [['.'], ['demo'], ['istio-ingress'], ['elsewhere'], ['*']][index % 5];
    return [
      renamed(first, `young-${index}`, '2026-02-02T00:00:00Z'),
      renamed(withSpec(second, { exportTo: audience }), `old-${index}`),
    ];
  },
  /** The older one is for more hosts than the one that is asked for. */
  wild: (first, second, index) => [
    renamed(first, `exact-${index}`, '2026-02-02T00:00:00Z'),
    renamed(withSpec(second, { hosts: [`*-${index}.example.com`] }), `wild-${index}`),
  ],
  sourced: (first, _, index) => {
    const sources = [
      { sourceLabels: { app: 'web' } },
      { sourceLabels: { app: 'other' } },
      { sourceNamespace: 'demo' },
      { sourceNamespace: 'elsewhere' },
      { port: 80 },
      { port: 81 },
      {},
    ];
    const rules = httpOf(first).map((rule, i) => ({
      ...rule,
      ...(rule['match'] !== undefined && {
        match: listOf(rule['match']).map((block, j) => ({
          ...fieldsOf(block),
          ...sources[(index + 2 * i + j) % sources.length],
        })),
      }),
    }));
    return [withHttp(renamed(first, `sourced-${index}`), rules)];
  },
};

const httpOf = ({ spec }: MeshObject) => listOf(fieldsOf(spec)['http']).map(fieldsOf);

const withSpec = (object: MeshObject, change: object): MeshObject => ({
  ...object,
  spec: { ...fieldsOf(object.spec), ...change },
});

const withHttp = (object: MeshObject, http: readonly object[]): MeshObject =>
  withSpec(object, { http });

/** A rule's name is by which it is found in the proxy, among those of all cases. */
const named = (object: MeshObject, prefix: string): MeshObject =>
  withHttp(
    object,
    httpOf(object).map((rule) => ({ ...rule, name: `${prefix}-${String(rule['name'])}` })),
  );

const renamed = (
  object: MeshObject,
  name: string,
  creationTimestamp = '2026-01-01T00:00:00Z',
): MeshObject => ({ ...object, metadata: { ...object.metadata, name, creationTimestamp } });

const asWeb = (request: HttpRequest): HttpRequest =>
  'gateway' in request.from
    ? request
    : { ...request, from: { namespace: 'demo', labels: webLabels } };
