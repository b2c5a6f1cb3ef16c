import { aCluster, eu } from '@spillway/application/testing';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { freshPersistence, type FreshPersistence } from '../testing/fresh-persistence.js';

let persistence: FreshPersistence;
beforeEach(async () => {
  persistence = await freshPersistence();
});
afterEach(() => persistence.close());

it('reads a Prometheus that was stored before anybody said how often it scrapes', async () => {
  const cluster = aCluster({
    metrics: {
      kind: 'prometheus',
      url: 'https://prometheus.example',
      auth: { kind: 'none' },
      timeoutMs: 1_000,
      reporter: 'source',
      scrapeIntervalMs: 30_000,
      lagMs: 5_000,
    },
  });
  await persistence.unitOfWork.run((tx) => tx.clusters.put(cluster));
  await persistence.sql("update clusters set metrics = metrics - 'scrapeIntervalMs' - 'lagMs'");
  const read = await persistence.unitOfWork.run((tx) => tx.clusters.get(eu));
  expect(read?.metrics).toEqual({ ...cluster.metrics, scrapeIntervalMs: 15_000, lagMs: 1_000 });
});
