import { afterAll, beforeAll, describe } from '@jest/globals';
import { clusterLinkContract } from '@spillway/adapter-cluster/testing';
import { KubernetesHarness } from './cluster-link-harness.js';
import { startCluster, type TestCluster } from './src/index.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster('link');
}, 600_000);
afterAll(() => cluster.stop());

describe('a link to a real API server', () => {
  clusterLinkContract(() => KubernetesHarness.make(cluster));
});
