import { isDeepStrictEqual } from 'node:util';
import { isFinal, type Limits, type Release, type ReleaseEvent } from '@spillway/domain-release';
import type { BasisPoints, ClusterName, Instant, ReleaseId, Version } from '@spillway/kernel';
import type { Histories } from './histories.js';
import type { Runs } from './runs.js';

export interface Decided {
  readonly weight: BasisPoints;
  readonly candidate: Version;
  /** The clusters of the release then, and how far it goes in them by itself. */
  readonly clusters: readonly ClusterName[];
  readonly limits?: Limits;
}

/** What was decided for each cluster, and what may still be written of it. */
export class Decisions {
  private readonly decided = new Map<string, Decided>();
  private readonly rolledBack = new Map<ReleaseId, Instant>();
  private readonly promoted = new Set<ReleaseId>();

  constructor(
    private readonly histories: Histories,
    private readonly runs: Runs,
    private readonly now: () => Instant,
  ) {}

  add(release: Release, event: ReleaseEvent): void {
    const { id, candidate, plan } = release;
    if (event.type === 'rollbackStarted') this.rolledBack.set(id, event.at);
    if (event.type === 'promotionStarted') this.promoted.add(id);
    if (!('traffic' in event)) return;
    const { limits } = plan;
    const clusters = release.rollouts.map(({ cluster }) => cluster);
    const about = { candidate, clusters, ...(limits && { limits }) };
    for (const { cluster, weight } of event.traffic.clusters) {
      this.decided.set(`${id} ${cluster} ${event.traffic.generation}`, { ...about, weight });
    }
  }

  /** Nobody has said since that it goes further, and nothing of another plan is there. */
  isBound(release: ReleaseId, { limits }: Decided): boolean {
    const now = this.histories.get(release)?.plan.limits;
    return !this.promoted.has(release) && isDeepStrictEqual(now, limits);
  }

  of(release: ReleaseId, cluster: ClusterName, generation: number): Decided | undefined {
    return this.decided.get(`${release} ${cluster} ${generation}`);
  }

  /** Whoever writes for it now must know that its traffic is taken back. */
  isGivenBack(release: ReleaseId, cluster: ClusterName): boolean {
    const at = this.rolledBack.get(release);
    return at !== undefined && !this.runs.mayBeOlder(release, cluster, at, this.now());
  }

  /** Whoever writes for it now must know that the cluster had this, so that any change is somebody's edit. */
  isBelieved(release: ReleaseId, cluster: ClusterName, generation: number): boolean {
    const found = this.histories.get(release);
    if (found === undefined || found.phase === 'rollingBack' || isFinal(found.phase)) return false;
    const rollout = found.rollouts.find((one) => one.cluster === cluster);
    if (rollout?.applied?.generation !== generation) return false;
    return !this.runs.mayBeOlder(release, cluster, rollout.applied.at, this.now());
  }
}
