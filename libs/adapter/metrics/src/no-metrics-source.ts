import type { MetricsSource } from '@spillway/application';
import type { ClusterName } from '@spillway/kernel';

/** For a cluster without metrics: every question is an error that says what to do. */
export const createNoMetricsSource = (cluster: ClusterName): MetricsSource => ({
  read: () =>
    Promise.resolve({
      kind: 'error',
      message: `cluster "${cluster}" has no metrics source; connect a Prometheus to it, or release there with a strategy that measures nothing`,
    }),
  close: () => Promise.resolve(),
});
