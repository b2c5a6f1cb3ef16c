import type { ClusterChange } from '@spillway/application';
import type { MeshService } from '@spillway/domain-istio';
import { clusterName, duration, instant, serviceName } from '@spillway/kernel';
import { ApiSession } from '../kubernetes/api-session.js';
import { serverOfKubeconfig } from '../kubernetes/kubeconfig.js';
import { KubernetesLink } from '../kubernetes/kubernetes-link.js';
import { holds } from './scripted-api-server.js';
import type { ScriptedCluster } from './scripted-cluster.js';

export const catalog: MeshService = {
  service: serviceName('shop/catalog'),
  host: 'catalog.shop.svc.cluster.local',
  port: 80,
  versionLabel: 'version',
};

/** A link to an API server that says what a test wants. */
export class ScriptedLink {
  private constructor(
    readonly cluster: ScriptedCluster,
    readonly link: KubernetesLink,
    readonly changes: readonly ClusterChange[],
  ) {}

  /** Resolves once the link watches. */
  static async connect(cluster: ScriptedCluster, callTimeout = 1_000): Promise<ScriptedLink> {
    const kubeconfig = await cluster.server.start();
    const loaded = serverOfKubeconfig(kubeconfig);
    if (!loaded.ok) throw new Error(loaded.error);
    const changes: ClusterChange[] = [];
    const link = new KubernetesLink(
      new ApiSession(loaded.value, duration(callTimeout)),
      { now: () => instant(Date.now()) },
      { cluster: clusterName('scripted'), onChange: (change) => changes.push(change) },
    );
    await cluster.watching('virtualservices', 'destinationrules');
    await holds(() => link.state().kind === 'ready');
    return new ScriptedLink(cluster, link, changes);
  }

  async dispose(): Promise<void> {
    await this.link.close();
    await this.cluster.server.stop();
  }
}
