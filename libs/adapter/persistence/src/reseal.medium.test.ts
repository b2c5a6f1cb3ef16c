import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { aCluster } from '@spillway/application/testing';
import { clusterName, secretName } from '@spillway/kernel';
import { createSealer } from './sealer.js';
import type { Persistence } from './persistence.js';
import {
  freshPersistence,
  openPersistence,
  type FreshPersistence,
} from './testing/fresh-persistence.js';

/** What `freshPersistence` seals with, and the key that comes after it. */
const first = Buffer.alloc(32, 7).toString('base64');
const second = Buffer.alloc(32, 8).toString('base64');
const name = secretName('datadog-key');
const cluster = aCluster({
  name: clusterName('eu'),
  connection: { kind: 'kubeconfig', kubeconfig: 'apiVersion: v1' },
  metrics: {
    kind: 'prometheus',
    url: 'http://prometheus',
    auth: { kind: 'basic', username: 'ada', password: 'geheim' },
    timeoutMs: 1_000,
    reporter: 'destination',
    scrapeIntervalMs: 15_000,
    lagMs: 1_000,
  },
});

let before: FreshPersistence;
beforeEach(async () => {
  before = await freshPersistence();
  await before.unitOfWork.run(async (tx) => {
    await tx.secrets.put(name, 'text');
    await tx.clusters.put(cluster);
    await tx.clusters.put(aCluster({ name: clusterName('plain') }));
    await tx.idempotency.put('key', { fingerprint: 'f', answer: '1' });
  });
});
afterEach(() => before.close());

const again = (...keys: [string, ...string[]]) => {
  const [key, ...others] = keys;
  return openPersistence(before.url, createSealer(key, others));
};
const read = (persistence: Persistence) =>
  persistence.unitOfWork.run(async (tx) => ({
    secret: await tx.secrets.open(name),
    cluster: await tx.clusters.get(clusterName('eu')),
  }));

it('seals with the next key what the one before has sealed, once, and changes nothing else', async () => {
  const known = await read(before);
  const both = await again(second, first);
  expect(await read(both)).toEqual(known);
  expect(await both.reseal()).toEqual({ clusters: 1, secrets: 1 });
  expect(await both.reseal()).toEqual({ clusters: 0, secrets: 0 });
  await both.close();

  const after = await again(second);
  expect(await read(after)).toEqual(known);
  expect(await after.unitOfWork.run((tx) => tx.idempotency.get('key'))).toBeUndefined();
  await after.close();
  await expect(read(before)).rejects.toMatchObject({ code: 'INVALID_CONFIGURATION' });
});

it('leaves everything as it was when a key is missing', async () => {
  const only = await again(second);
  await expect(only.reseal()).rejects.toThrow(/was sealed with the key/);
  await only.close();
  expect(await read(before)).toMatchObject({ secret: 'text' });
});
