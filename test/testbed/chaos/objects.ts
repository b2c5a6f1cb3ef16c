import type { KubeObject } from '../src/index.js';

export const namespace = 'shop';
export const versions = ['v1', 'v2'] as const;
export type Version = (typeof versions)[number];

/** A service that releases go through, one after another. */
export interface ChaosService {
  readonly name: string;
  readonly ownership: 'managed' | 'adopted';
}

export const otherThan = (version: Version): Version => (version === 'v1' ? 'v2' : 'v1');

/** The name of the VirtualService that routes it. */
export const routeOf = ({ name, ownership }: ChaosService): string =>
  ownership === 'managed' ? `${name}-spillway` : name;

/** Every third belongs to people who wrote a VirtualService with much in it that is not ours. */
export const chaosServices = (count: number): readonly ChaosService[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `service-${i + 1}`,
    ownership: i % 3 === 2 ? 'adopted' : 'managed',
  }));

export const virtualServices = `/apis/networking.istio.io/v1/namespaces/${namespace}/virtualservices`;

export const peoplesVirtualService = (name: string): KubeObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: {
    name,
    namespace,
    labels: { team: 'checkout', 'app.kubernetes.io/managed-by': 'people' },
    annotations: { 'example.com/ticket': 'SHOP-17', 'example.com/note': 'ä " \\ {}' },
  },
  spec: {
    hosts: [name],
    exportTo: ['.'],
    http: [
      {
        name: 'legacy',
        match: [{ uri: { prefix: '/legacy' } }],
        rewrite: { uri: '/' },
        route: [{ destination: { host: 'legacy', port: { number: 80 } } }],
      },
      {
        name: 'all',
        timeout: '3s',
        retries: { attempts: 2, perTryTimeout: '1s', retryOn: '5xx' },
        corsPolicy: { allowOrigins: [{ exact: 'https://shop.example.com' }] },
        headers: { request: { set: { 'x-shop': 'yes' } } },
        route: [{ destination: { host: name, subset: 'v1' } }],
      },
    ],
  },
});
