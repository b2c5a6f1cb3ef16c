import type {
  ClusterConnection,
  ClusterRecord,
  MetricsConnection,
  NewCluster,
  PrometheusAuth,
} from '@spillway/application';
import { clusterName } from '@spillway/kernel';
import type { Sealer } from '../sealer.js';
import type { ClusterRow, StoredAuth, StoredConnection, StoredMetrics } from './cluster-row.js';

/** The name of a secret: sealed for it, a value cannot be moved to another cluster or field. */
const secretOf = (cluster: string, field: string): string => `clusters/${cluster}/${field}`;

export const toRow = (
  cluster: NewCluster,
  sealer: Sealer,
): Pick<ClusterRow, 'name' | 'labels' | 'connection' | 'metrics' | 'proxies'> => ({
  name: cluster.name,
  labels: cluster.labels,
  connection: sealConnection(cluster, sealer),
  metrics: sealMetrics(cluster, sealer),
  proxies: cluster.proxies ?? null,
});

export const toCluster = (row: ClusterRow, sealer: Sealer): ClusterRecord => ({
  name: clusterName(row.name),
  labels: row.labels,
  connection: openConnection(row, sealer),
  metrics: openMetrics(row, sealer),
  ...(row.proxies === null ? {} : { proxies: row.proxies }),
  ...(row.lastState === null ? {} : { lastState: row.lastState }),
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

function sealConnection({ name, connection }: NewCluster, sealer: Sealer): StoredConnection {
  if (connection.kind !== 'kubeconfig') return connection;
  const { kubeconfig, ...open } = connection;
  return { ...open, sealedKubeconfig: sealer.seal(kubeconfig, secretOf(name, 'kubeconfig')) };
}

function openConnection({ name, connection }: ClusterRow, sealer: Sealer): ClusterConnection {
  if (connection.kind !== 'kubeconfig') return connection;
  const { sealedKubeconfig, ...open } = connection;
  return { ...open, kubeconfig: sealer.open(sealedKubeconfig, secretOf(name, 'kubeconfig')) };
}

function sealMetrics({ name, metrics }: NewCluster, sealer: Sealer): StoredMetrics {
  if (metrics.kind !== 'prometheus') return metrics;
  const sealed = (text: string, field: string) => sealer.seal(text, secretOf(name, field));
  return { ...metrics, auth: sealAuth(metrics.auth, sealed) };
}

function sealAuth(
  auth: PrometheusAuth,
  sealed: (text: string, field: string) => string,
): StoredAuth {
  switch (auth.kind) {
    case 'none':
      return auth;
    case 'bearer':
      return { kind: 'bearer', sealedToken: sealed(auth.token, 'token') };
    case 'basic': {
      const { username, password } = auth;
      return { kind: 'basic', username, sealedPassword: sealed(password, 'password') };
    }
  }
}

/** Prometheus' own habit, for rows that do not say. */
const usualSampling = { scrapeIntervalMs: 15_000, lagMs: 1_000 };

function openMetrics({ name, metrics }: ClusterRow, sealer: Sealer): MetricsConnection {
  if (metrics.kind !== 'prometheus') return metrics;
  const opened = (sealed: string, field: string) => sealer.open(sealed, secretOf(name, field));
  return { ...usualSampling, ...metrics, auth: openAuth(metrics.auth, opened) };
}

function openAuth(
  auth: StoredAuth,
  opened: (sealed: string, field: string) => string,
): PrometheusAuth {
  switch (auth.kind) {
    case 'none':
      return auth;
    case 'bearer':
      return { kind: 'bearer', token: opened(auth.sealedToken, 'token') };
    case 'basic': {
      const { username, sealedPassword } = auth;
      return { kind: 'basic', username, password: opened(sealedPassword, 'password') };
    }
  }
}
