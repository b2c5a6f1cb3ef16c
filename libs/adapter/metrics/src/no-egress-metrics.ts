import type { EgressMetrics } from '@spillway/application';
import type { ClusterName } from '@spillway/kernel';

/** For a cluster without metrics: nobody knows what leaves it. */
export const createNoEgressMetrics = (cluster: ClusterName): EgressMetrics => ({
  ask: () =>
    Promise.resolve({
      kind: 'error',
      because: `cluster "${cluster}" has no metrics source; connect a Prometheus to it`,
    }),
  close: () => Promise.resolve(),
});
