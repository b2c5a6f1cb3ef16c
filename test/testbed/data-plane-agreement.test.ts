import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { re2 } from '@spillway/adapter-regex';
import { explain, type HttpRequest } from '@spillway/domain-route';
import { observed, predicted } from './agreement-behaviour.js';
import { agreementCase, ground, webLabels, type AgreementCase } from './agreement-cases.js';
import { startFixedMesh, type FixedMesh } from './src/data-plane/fixed-mesh.js';
import type { Proxy, Reply } from './src/data-plane/index.js';
import type { KubeObject } from './src/kube-http.js';
import { podStatus } from './src/workload.js';

/**
 * What the product says that a proxy will do, and what a proxy does. The two
 * were written from the same facts by different hands and share no code.
 */
const seed = 20_260_101;
const counts = { mesh: 1_000, edge: 500 } as const;

type Place = keyof typeof counts;

const cases: Readonly<Record<Place, readonly AgreementCase[]>> = {
  mesh: Array.from({ length: counts.mesh }, (_, i) => agreementCase(i, seed, 'mesh')),
  edge: Array.from({ length: counts.edge }, (_, i) => agreementCase(10_000 + i, seed, 'edge')),
};

const pods: readonly KubeObject[] = ['v1', 'v2', 'v3'].map((version, n) => ({
  kind: 'Pod',
  metadata: { name: `shop-${version}`, namespace: 'demo', labels: { app: 'shop', version } },
  ...podStatus(n, true),
}));

let mesh: FixedMesh;
let proxies: Readonly<Record<Place, Proxy>>;

beforeAll(async () => {
  const objects = [...cases.mesh, ...cases.edge].flatMap((one) => one.objects);
  mesh = await startFixedMesh([...ground, ...objects, ...pods] as readonly KubeObject[]);
  proxies = {
    mesh: await mesh.proxy({ kind: 'sidecar', namespace: 'demo', labels: webLabels }),
    edge: await mesh.proxy({
      kind: 'gateway',
      namespace: 'istio-ingress',
      labels: { istio: 'ingress' },
    }),
  };
}, 300_000);

afterAll(() => mesh.stop());

const send = (proxy: Proxy, { host, path, method, headers = {} }: HttpRequest): Promise<Reply> =>
  proxy.requests.send({
    host,
    path,
    method: (method ?? 'GET') as 'GET',
    headers: headers as Readonly<Record<string, string>>,
  });

async function disagreements(place: Place): Promise<readonly unknown[]> {
  const proxy = proxies[place];
  const all = await proxy.routes();
  const routes = new Map(all.map((one) => [one.name, one]));
  const found: unknown[] = [];
  for (const { objects, requests } of cases[place]) {
    const known = { objects: [...ground, ...objects], regex: re2 };
    for (const request of requests) {
      const product = predicted(explain(known, request));
      const envoy = observed(await send(proxy, request), routes);
      if (!isDeepStrictEqual(product, envoy)) found.push({ request, product, envoy, objects });
    }
  }
  return found;
}

test('the product explains what a sidecar does', async () => {
  expect((await disagreements('mesh')).slice(0, 3)).toEqual([]);
});

test('the product explains what a gateway does', async () => {
  expect((await disagreements('edge')).slice(0, 3)).toEqual([]);
});

test('the requests are of every kind', async () => {
  const kinds = new Set<string>();
  for (const { objects, requests } of [...cases.mesh, ...cases.edge]) {
    const known = { objects: [...ground, ...objects], regex: re2 };
    for (const request of requests) kinds.add(explain(known, request).kind);
  }
  expect(kinds).toEqual(new Set(['routed', 'redirect', 'directResponse', 'status', 'passthrough']));
});
