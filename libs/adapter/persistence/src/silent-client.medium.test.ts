import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { ClusterRecord } from '@spillway/application';
import { aCluster, eu } from '@spillway/application/testing';
import { freshPersistence, type FreshPersistence } from './testing/fresh-persistence.js';

let persistence: FreshPersistence;
beforeEach(async () => {
  persistence = await freshPersistence();
});
afterEach(() => persistence.close());

it('loses its locks before those who want them give up, and can go on later', async () => {
  const { unitOfWork } = persistence;
  await unitOfWork.run((tx) => tx.clusters.put(aCluster()));
  let waited = Infinity;
  let other: Promise<ClusterRecord> | undefined;
  const silent = unitOfWork.run(async (tx) => {
    await tx.clusters.put(aCluster());
    const asked = Date.now();
    other = unitOfWork.run((rival) => rival.clusters.put(aCluster()));
    await other;
    waited = Date.now() - asked;
  });
  await expect(silent).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  await expect(other).resolves.toMatchObject({ name: eu });
  expect(waited).toBeLessThan(4_500);
  await persistence.ping();
}, 20_000);
