import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { host, istio, routing, subsets, to } from './data-plane-harness.js';
import { startFixedMesh, type FixedMesh, type Proxy } from './src/data-plane/index.js';
import type { KubeObject } from './src/kube-http.js';
import { podStatus } from './src/workload.js';

let mesh: FixedMesh;
let sidecar: Proxy;
let gateway: Proxy;

const pods: readonly KubeObject[] = [0, 1, 2].map((n) => ({
  kind: 'Pod',
  metadata: { name: `catalog-${n}`, namespace: 'shop', labels: { app: 'catalog', version: 'v1' } },
  ...podStatus(n, true),
}));

const service: KubeObject = {
  kind: 'Service',
  metadata: { name: 'catalog', namespace: 'shop' },
  spec: { selector: { app: 'catalog' }, ports: [{ name: 'http', port: 80 }] },
};

const at = (path: string, rule: object): object => ({
  match: [{ uri: { exact: path } }],
  route: [to('v1')],
  ...rule,
});

const rules = [
  at('/abort', { fault: { abort: { httpStatus: 429, percentage: { value: 100 } } } }),
  at('/cors', {
    corsPolicy: {
      allowOrigins: [{ exact: 'https://a.example.com' }],
      allowMethods: ['GET'],
      maxAge: '1h',
    },
  }),
  at('/retried', { retries: { attempts: 3, perTryTimeout: '1s', retryOn: '5xx,409' } }),
  { route: [to('v1')] },
];

const byUser = istio('DestinationRule', 'by-user', {
  host,
  trafficPolicy: {
    loadBalancer: { consistentHash: { httpHeaderName: 'x-user' } },
    outlierDetection: { consecutive5xxErrors: 7 },
  },
});

const secure = istio('Gateway', 'public', {
  selector: { istio: 'ingressgateway' },
  servers: [
    {
      port: { number: 80, name: 'http', protocol: 'HTTP' },
      hosts: ['shop/*.example.com'],
      tls: { httpsRedirect: true },
    },
  ],
});

beforeAll(async () => {
  const redirected = istio('VirtualService', 'public', {
    hosts: ['shop.example.com'],
    gateways: ['public'],
    http: [{ route: [to('v1')] }],
  });
  mesh = await startFixedMesh([
    ...pods,
    service,
    subsets('v1'),
    byUser,
    routing(rules),
    secure,
    redirected,
  ]);
  sidecar = await mesh.proxy({ kind: 'sidecar', namespace: 'shop', labels: {} });
  gateway = await mesh.proxy({
    kind: 'gateway',
    namespace: 'istio-system',
    labels: { istio: 'ingressgateway' },
  });
}, 300_000);

afterAll(() => mesh.stop());

test('a fault is injected where the rule says', async () => {
  expect((await sidecar.requests.send({ host, path: '/abort' })).status).toBe(429);
  expect((await sidecar.requests.send({ host, path: '/' })).status).toBe(200);
});

test('retries and other origins are served', async () => {
  expect((await sidecar.requests.send({ host, path: '/retried' })).status).toBe(200);
  const headers = { origin: 'https://a.example.com' };
  const reply = await sidecar.requests.send({ host, path: '/cors', headers });
  expect(reply.headers['access-control-allow-origin']).toBe('https://a.example.com');
});

test('a consistent hash keeps a user on one Pod, and users on different ones', async () => {
  const podOf = async (user: number): Promise<unknown> =>
    (await sidecar.requests.send({ host, headers: { 'x-user': `${user}` } })).headers['x-pod'];
  const users = Array.from({ length: 30 }, (_, user) => user);
  const first = await Promise.all(users.map(podOf));
  expect(await Promise.all(users.map(podOf))).toEqual(first);
  expect(new Set(first).size).toBe(3);
});

test('a server that redirects to HTTPS does so for the hosts that are bound to it', async () => {
  const reply = await gateway.requests.send({ host: 'shop.example.com', path: '/a' });
  expect(reply).toMatchObject({ status: 301, headers: { location: 'https://shop.example.com/a' } });
});
