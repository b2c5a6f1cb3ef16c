import { isFinal, type Release, type ReleaseEvent } from '@spillway/domain-release';
import type { ClusterName, Instant, ReleaseId, Version } from '@spillway/kernel';
import type { Histories } from './histories.js';
import type { Runs } from './runs.js';

interface Decided {
  readonly weight: number;
  readonly candidate: Version;
}

/** What was decided for each cluster, and what may still be written of it. */
export class Decisions {
  private readonly decided = new Map<string, Decided>();
  private readonly rolledBack = new Map<ReleaseId, Instant>();

  constructor(
    private readonly histories: Histories,
    private readonly runs: Runs,
    private readonly now: () => Instant,
  ) {}

  add({ id, candidate }: Release, event: ReleaseEvent): void {
    if (event.type === 'rollbackStarted') this.rolledBack.set(id, event.at);
    if (!('traffic' in event)) return;
    const { generation, clusters } = event.traffic;
    for (const { cluster, weight } of clusters) {
      this.decided.set(`${id} ${cluster} ${generation}`, { weight, candidate });
    }
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
