import { expect, it } from '@jest/globals';
import { clusterName, duration, instant, namespaceName } from '@spillway/kernel';
import { createNoEgressMetrics } from './no-egress-metrics.js';

it('knows nothing of what leaves a cluster without metrics, and says so', async () => {
  const metrics = createNoEgressMetrics(clusterName('eu-west'));
  const question = {
    namespace: namespaceName('shop'),
    hosts: [],
    at: instant(0),
    window: duration(1),
  };
  expect(await metrics.ask(question)).toEqual({
    kind: 'error',
    because: 'cluster "eu-west" has no metrics source; connect a Prometheus to it',
  });
  await metrics.close();
});
