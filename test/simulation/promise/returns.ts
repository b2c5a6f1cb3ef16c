import type { Release, ReleaseEvent } from '@spillway/domain-release';
import { NOTHING, instant, type ClusterName, type Instant, type ReleaseId } from '@spillway/kernel';

/** What can be wrong with a cluster until it is over. */
export type Impairment = 'unreachable' | 'slow' | 'lagging';

interface Open {
  readonly release: Release;
  readonly cluster: ClusterName;
  readonly since: Instant;
}

/** A refused write is repeated after half a minute, and may be refused again; nothing else takes so long. */
const patience = 120_000;

/** Where nothing is wrong with a cluster it is a matter of a moment, whoever has to take over. */
const usual = 10_000;

/** Traffic that is to be taken back, cluster by cluster: nothing but that cluster may be in the way. */
export class Returns {
  private readonly open = new Map<string, Open>();
  private readonly impaired = new Map<ClusterName, Set<Impairment>>();
  private readonly lastFault = new Map<ClusterName, Instant>();
  private lastStop: Instant | undefined;

  add(release: Release, event: ReleaseEvent): void {
    // It was told to refuse long before there was anything to refuse.
    if (event.type === 'writeRefused') this.fault(event.cluster, event.at);
    if (!('traffic' in event)) return;
    for (const { cluster, weight } of event.traffic.clusters) {
      const key = keyOf(release.id, cluster);
      if (isReturn(event)) this.open.set(key, { release, cluster, since: event.at });
      // Of a wave that was taken back somebody can give the candidate something again.
      else if (weight > NOTHING) this.open.delete(key);
    }
  }

  /** Something was done to a cluster, once or until it is said to be over. */
  fault(cluster: ClusterName, now: Instant, what?: Impairment): void {
    this.lastFault.set(cluster, now);
    const impaired = this.impaired.get(cluster) ?? new Set();
    if (what !== undefined) this.impaired.set(cluster, impaired.add(what));
  }

  over(cluster: ClusterName, now: Instant, ...what: readonly Impairment[]): void {
    this.lastFault.set(cluster, now);
    for (const one of what) this.impaired.get(cluster)?.delete(one);
  }

  /** Something was done to processes or to their database until this moment. */
  stop(until: Instant): void {
    this.lastStop = instant(Math.max(until, this.lastStop ?? until));
  }

  /** Those that take too long; `weight` says what the candidate has in truth. */
  late(now: Instant, weight: (one: Open) => number): readonly string[] {
    if (this.open.size === 0) return [];
    const late: string[] = [];
    for (const [key, one] of this.open) {
      const left = weight(one);
      // What others make of it later is another matter.
      if (left === 0) this.open.delete(key);
      else if (!this.isExcused(one, now)) late.push(`${key} still has ${left}`);
    }
    return late;
  }

  private isExcused({ cluster, since }: Open, now: Instant): boolean {
    const fault = this.lastFault.get(cluster);
    const stop = Math.max(since, this.lastStop ?? since);
    const isTroubled = fault !== undefined && now - fault < patience;
    const isImpaired = (this.impaired.get(cluster)?.size ?? 0) > 0;
    return isImpaired || isTroubled || now - stop < usual;
  }
}

const isReturn = ({ type }: ReleaseEvent): boolean =>
  type === 'rollbackStarted' || type === 'waveTakenBack';

const keyOf = (release: ReleaseId, cluster: ClusterName): string => `${release} in ${cluster}`;
