import type { MeshService } from '@spillway/domain-istio';
import type { ReleaseId } from '@spillway/kernel';
import type { ClusterLink } from '../port/cluster-link.js';

/**
 * Which release a change of a service's routing or endpoints is news for. Links
 * are told to watch a service's endpoints only while it is being released.
 */
export class Following {
  private readonly releases = new Map<string, ReleaseId>();

  start(release: ReleaseId, service: MeshService, links: Iterable<ClusterLink>): void {
    this.releases.set(service.host, release);
    for (const link of links) link.follow(service);
  }

  stop(release: ReleaseId, service: MeshService, links: Iterable<ClusterLink>): void {
    if (this.releases.get(service.host) !== release) return;
    this.releases.delete(service.host);
    for (const link of links) link.unfollow(service);
  }

  releaseOf(host: string): ReleaseId | undefined {
    return this.releases.get(host);
  }
}
