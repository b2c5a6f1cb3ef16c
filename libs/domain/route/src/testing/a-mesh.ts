import type { MeshObject } from '@spillway/domain-istio';
import type { Mesh } from '../mesh.js';
import { jsRegex } from './js-regex.js';

interface Circumstances {
  readonly name?: string;
  readonly namespace?: string;
  /** RFC 3339. */
  readonly created?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An Istio object named `shop` in `demo` unless said otherwise. */
export const anObject = (
  kind: string,
  spec: unknown,
  { name = 'shop', namespace = 'demo', created, annotations }: Circumstances = {},
): MeshObject => ({
  apiVersion: kind === 'Service' ? 'v1' : 'networking.istio.io/v1',
  kind,
  metadata: {
    name,
    namespace,
    ...(created === undefined ? {} : { creationTimestamp: created }),
    ...(annotations === undefined ? {} : { annotations }),
  },
  spec,
});

export const shopHost = 'shop.demo.svc.cluster.local';

/** A VirtualService for the shop, in the mesh. */
export const aVirtualService = (
  spec: Readonly<Record<string, unknown>>,
  circumstances: Circumstances = {},
): MeshObject => anObject('VirtualService', { hosts: ['shop'], ...spec }, circumstances);

/** A DestinationRule for the shop with these subsets, each selecting its version. */
export const aDestinationRule = (
  subsets: readonly string[],
  circumstances: Circumstances & { readonly spec?: Readonly<Record<string, unknown>> } = {},
): MeshObject =>
  anObject(
    'DestinationRule',
    {
      host: shopHost,
      subsets: subsets.map((name) => ({ name, labels: { version: name } })),
      ...circumstances.spec,
    },
    circumstances,
  );

/** A Service with HTTP ports, or with ports as given. */
export const aService = (
  ports: readonly (number | Readonly<Record<string, unknown>>)[] = [9080],
  circumstances: Circumstances & { readonly spec?: Readonly<Record<string, unknown>> } = {},
): MeshObject =>
  anObject(
    'Service',
    {
      ports: ports.map((port) =>
        typeof port === 'number' ? { port, name: `http-${port}` } : port,
      ),
      ...circumstances.spec,
    },
    circumstances,
  );

/** A Gateway `istio-ingress/edge` with one plain HTTP server on port 80 for every host. */
export const aGateway = (
  server: Readonly<Record<string, unknown>> = {},
  circumstances: Circumstances = {},
): MeshObject =>
  anObject(
    'Gateway',
    {
      selector: { istio: 'ingress' },
      servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'], ...server }],
    },
    { name: 'edge', namespace: 'istio-ingress', ...circumstances },
  );

export const aMesh = (
  objects: readonly MeshObject[],
  rest: Omit<Mesh, 'objects' | 'regex'> = {},
): Mesh => ({ objects, regex: jsRegex, ...rest });

/** A destination as a route lists it. */
export const to = (
  subset: string,
  weight?: number,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => ({
  destination: { host: 'shop', subset, port: { number: 9080 } },
  ...(weight === undefined ? {} : { weight }),
  ...more,
});
