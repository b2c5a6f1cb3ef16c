import { once } from 'node:events';
import { createConnection } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Duplex } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { DataPlaneHarness, istio } from './data-plane-harness.js';
import { binomialInterval, type Proxy } from './src/data-plane/index.js';

let harness: DataPlaneHarness;
let sidecar: Proxy;
const host = 'ledger.shop.svc.cluster.local';

beforeAll(async () => {
  harness = await DataPlaneHarness.start();
  sidecar = await harness.plane.sidecar();
  const { admin } = harness.cluster;
  await admin.apply('/api/v1/namespaces/shop/services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'ledger', namespace: 'shop' },
    spec: {
      selector: { app: 'ledger' },
      ports: [
        { name: 'tcp', port: 5432 },
        { name: 'tls', port: 443 },
      ],
    },
  });
  await admin.setPods({ namespace: 'shop', name: 'ledger' }, 'v1', 1);
  await admin.setPods({ namespace: 'shop', name: 'ledger' }, 'v2', 1);
}, 1_200_000);

afterAll(() => harness.stop());
beforeEach(() => harness.clear());

const subsets = istio('DestinationRule', 'ledger', {
  host,
  subsets: ['v1', 'v2'].map((name) => ({ name, labels: { version: name } })),
});

const split = (port: number, v1: number, v2: number): object[] => [
  { destination: { host, subset: 'v1', port: { number: port } }, weight: v1 },
  { destination: { host, subset: 'v2', port: { number: port } }, weight: v2 },
];

/** The version that whoever answers on a port says first. */
async function versionAt(port: number, hello?: Buffer): Promise<string> {
  const socket = createConnection(port, '127.0.0.1');
  if (hello !== undefined) socket.write(hello);
  const [banner] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return banner.toString().split(' ')[0] ?? '';
}

/** What a TLS client says first, which names the server that it wants. */
async function helloTo(servername: string): Promise<Buffer> {
  let said: (hello: Buffer) => void = () => undefined;
  const hello = new Promise<Buffer>((resolve) => (said = resolve));
  const wire = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => {
      said(chunk);
      done();
    },
  });
  const client = connectTls({ socket: wire, servername });
  client.on('error', () => undefined);
  const first = await hello;
  client.destroy();
  return first;
}

test('TCP connections are split 80 to 20', async () => {
  const tcp = [{ match: [{ port: 5432 }], route: split(5432, 80, 20) }];
  await harness.apply(subsets, istio('VirtualService', 'ledger', { hosts: [host], tcp }));
  const port = sidecar.port(`${host}:5432`);
  const versions = [];
  for (let i = 0; i < 400; i += 1) versions.push(await versionAt(port));
  const candidate = versions.filter((version) => version === 'v2').length;
  const { low, high } = binomialInterval(400, 0.2);
  expect(candidate).toBeGreaterThanOrEqual(low);
  expect(candidate).toBeLessThanOrEqual(high);
});

test('TLS is routed by the name in its first message', async () => {
  const tls = [{ match: [{ port: 443, sniHosts: [host] }], route: split(443, 0, 1) }];
  await harness.apply(subsets, istio('VirtualService', 'ledger', { hosts: [host], tls }));
  const port = sidecar.port('tls:443');
  const hello = await helloTo(host);
  for (let i = 0; i < 10; i += 1) expect(await versionAt(port, hello)).toBe('v2');
  expect(await versionAt(port, await helloTo('stranger.example.com'))).toBe('passthrough');
});
