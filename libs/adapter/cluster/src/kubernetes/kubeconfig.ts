import { KubeConfig, type Cluster, type User } from '@kubernetes/client-node';
import type { ClusterConnection } from '@spillway/application';
import { ok, refuse, type Result } from '@spillway/kernel';
import { outsideFile } from './outside-file.js';

type KubernetesConnection = Exclude<ClusterConnection, { kind: 'simulated' }>;

/**
 * The way to an API server, or in a sentence why there is none.
 *
 * A kubeconfig comes from whoever may add clusters, not from whoever runs this
 * process. So it must hold everything itself: a plug-in would run a program of
 * the sender's choice here, and a file name would read a file of this machine.
 */
export function loadKubeconfig(connection: KubernetesConnection): Result<KubeConfig, string> {
  const config = new KubeConfig();
  try {
    if (connection.kind === 'inCluster') config.loadFromCluster();
    else {
      const file = outsideFile(connection.kubeconfig);
      if (file !== undefined) return refuse(refersTo(file));
      config.loadFromString(connection.kubeconfig);
    }
  } catch (error) {
    return refuse(`the kubeconfig cannot be read: ${firstLine((error as Error).message)}`);
  }
  if (connection.kind === 'inCluster') return checkPod(config);
  if (connection.context !== undefined) config.setCurrentContext(connection.context);
  const obstacle = obstacleIn(config);
  return obstacle === undefined ? ok(config) : refuse(obstacle);
}

/** Below it, the parser shows the lines around the mistake, and with them perhaps a token. */
const firstLine = (message: string): string => message.split('\n', 1)[0] ?? '';

/** client-node reads the pod's environment and writes "undefined" where there is none. */
function checkPod(config: KubeConfig): Result<KubeConfig, string> {
  const server = config.getCurrentCluster()?.server ?? '';
  return server.includes('undefined')
    ? refuse('this process does not run in a Kubernetes pod; register the cluster by kubeconfig')
    : ok(config);
}

function obstacleIn(config: KubeConfig): string | undefined {
  const context = config.getCurrentContext();
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  if (cluster === null) return `the kubeconfig has no cluster for its context "${context}"`;
  if (user === null) return `the kubeconfig has no user for its context "${context}"`;
  return unusableServer(cluster) ?? plugIn(user);
}

function unusableServer({ server, proxyUrl }: Cluster): string | undefined {
  if (!URL.canParse(server)) return `"${server}" is not the URL of an API server`;
  if (proxyUrl?.startsWith('socks') !== true) return undefined;
  return `the proxy "${proxyUrl}" speaks SOCKS; name one that speaks HTTP`;
}

const refersTo = (file: string): string =>
  `the kubeconfig refers to the file "${file}"; embed it (kubectl config view --raw --flatten)`;

const plugIn = (user: User): string | undefined =>
  user.exec === undefined && user.authProvider === undefined
    ? undefined
    : `user "${user.name}" signs in through a plug-in; put a token or a certificate into the kubeconfig`;
