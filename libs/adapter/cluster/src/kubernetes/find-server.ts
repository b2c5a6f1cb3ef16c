import type { ClusterConnection } from '@spillway/application';
import type { FoundServer } from './api-server.js';
import { serverOfKubeconfig } from './kubeconfig.js';
import { serverOfPod } from './pod-account.js';

type KubernetesConnection = Exclude<ClusterConnection, { kind: 'simulated' }>;

/** The API server that a connection leads to. */
export const findServer = (connection: KubernetesConnection): FoundServer =>
  connection.kind === 'inCluster'
    ? serverOfPod()
    : serverOfKubeconfig(connection.kubeconfig, connection.context);
