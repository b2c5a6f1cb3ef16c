import type { ClusterConnection, ClusterStatus, MetricsConnection } from '@spillway/application';
import { duration, formatDuration } from '@spillway/kernel';
import { z } from 'zod';
import { proxiesView } from './proxies-document.js';
import { labels, moment, toMoment } from '../schema/scalars.js';

const connectionView = z
  .object({
    kind: z.enum(['kubeconfig', 'inCluster', 'simulated']).describe('What kind of connection.'),
    context: z.string().optional().describe('Context of the kubeconfig, where one was given.'),
    seed: z.int().optional().describe('Seed of a simulated cluster.'),
  })
  .describe('How the API server is reached, without its secrets.');

const metricsConnectionView = z
  .object({
    kind: z.enum(['prometheus', 'simulated', 'none']).describe('Where figures come from.'),
    url: z.string().optional().describe('Base address of the Prometheus API.'),
    auth: z.enum(['none', 'bearer', 'basic']).optional().describe('How Spillway says who it is.'),
    timeout: z.string().optional().describe('How long a query may take, as a duration.'),
    reporter: z
      .enum(['source', 'destination', 'waypoint'])
      .optional()
      .describe('Which proxy’s figures are read.'),
    scrapeInterval: z.string().optional().describe('Time between two scrapes of a proxy.'),
    lag: z.string().optional().describe('How late the last scrape of a window may arrive.'),
  })
  .describe('Where the cluster’s metrics come from, without its secrets.');

export const clusterView = z
  .object({
    name: z.string().describe('Unique name.'),
    labels: labels.describe('What waves select by.'),
    connection: connectionView,
    metrics: metricsConnectionView,
    proxies: proxiesView.optional(),
    state: z
      .enum(['ready', 'connecting', 'unreachable', 'notConnected'])
      .describe('What the answering process knows; notConnected: it holds no connection itself.'),
    since: moment.optional().describe('Since when it is in this state.'),
    reason: z.string().optional().describe('Why it is in this state, where there is a reason.'),
    createdAt: moment.describe('When it was added.'),
    updatedAt: moment.describe('When it was last replaced.'),
  })
  .describe('A cluster with the state of its connection. Secrets are never given out.');

export type ClusterView = z.output<typeof clusterView>;

export const toClusterView = ({ record, state, since, reason }: ClusterStatus): ClusterView => ({
  name: record.name,
  labels: { ...record.labels },
  connection: toConnectionView(record.connection),
  metrics: toMetricsView(record.metrics),
  ...(record.proxies === undefined
    ? {}
    : { proxies: { kind: record.proxies.kind, urls: [...record.proxies.urls] } }),
  state,
  ...(since === undefined ? {} : { since: toMoment(since) }),
  ...(reason === undefined ? {} : { reason }),
  createdAt: toMoment(record.createdAt),
  updatedAt: toMoment(record.updatedAt),
});

function toConnectionView(connection: ClusterConnection): ClusterView['connection'] {
  switch (connection.kind) {
    case 'kubeconfig':
      return {
        kind: 'kubeconfig',
        ...(connection.context === undefined ? {} : { context: connection.context }),
      };
    case 'inCluster':
      return { kind: 'inCluster' };
    case 'simulated':
      return { kind: 'simulated', seed: connection.seed };
  }
}

function toMetricsView(metrics: MetricsConnection): ClusterView['metrics'] {
  if (metrics.kind !== 'prometheus') return { kind: metrics.kind };
  return {
    kind: 'prometheus',
    url: metrics.url,
    auth: metrics.auth.kind,
    timeout: formatDuration(duration(metrics.timeoutMs)),
    reporter: metrics.reporter,
    scrapeInterval: formatDuration(duration(metrics.scrapeIntervalMs)),
    lag: formatDuration(duration(metrics.lagMs)),
  };
}
