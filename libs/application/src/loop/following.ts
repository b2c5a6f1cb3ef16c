import type { MeshService } from '@spillway/domain-istio';
import type { ReleaseId } from '@spillway/kernel';
import type { ClusterLink } from '../port/cluster-link.js';

interface Followed {
  readonly service: MeshService;
  readonly links: Set<ClusterLink>;
}

/**
 * Which release a change of a service's routing or endpoints is news for. Links
 * are told to watch a service's endpoints only while it is being released.
 */
export class Following {
  private readonly followed = new Map<ReleaseId, Followed>();
  private readonly byHost = new Map<string, ReleaseId>();
  private watches = 0;

  /** Over all releases that are followed, the clusters that each is in. */
  get count(): number {
    return this.watches;
  }

  /** The next release of a service takes over the watches of the one before. */
  start(release: ReleaseId, service: MeshService, links: Iterable<ClusterLink>): void {
    const before = this.byHost.get(service.host) ?? release;
    const watching = this.followed.get(before)?.links ?? new Set<ClusterLink>();
    const known = watching.size;
    for (const link of links) {
      watching.add(link);
      link.follow(service);
    }
    this.watches += watching.size - known;
    this.followed.delete(before);
    this.followed.set(release, { service, links: watching });
    this.byHost.set(service.host, release);
  }

  /** What it began for the release ends, in whichever clusters that was. */
  stop(release: ReleaseId): void {
    const followed = this.followed.get(release);
    if (followed === undefined) return;
    this.followed.delete(release);
    this.byHost.delete(followed.service.host);
    this.watches -= followed.links.size;
    for (const link of followed.links) link.unfollow(followed.service);
  }

  isFollowed(release: ReleaseId): boolean {
    return this.followed.has(release);
  }

  releaseOf(host: string): ReleaseId | undefined {
    return this.byHost.get(host);
  }
}
