import type { Measurement } from '@spillway/domain-analysis';
import { schedule } from '@spillway/domain-release';
import { after, earliest, type ClusterName, type Instant } from '@spillway/kernel';
import type { Tx } from '../port/unit-of-work.js';
import type { Following } from './following.js';
import { samplingOf } from './sampling.js';
import type { Subject } from './subject.js';
import { turnOf } from './turn.js';

/**
 * One job for the clusters that are measured at the same moment, in the name of the first of them, due
 * with their next measurement.
 */
export async function queueMeasurements(
  tx: Tx,
  { release, clusters }: Pick<Subject, 'release' | 'clusters'>,
  made: readonly Measurement[],
  following: Following,
): Promise<void> {
  const next = new Map<ClusterName, Instant>();
  for (const { cluster, askAt, spec } of schedule(release, made, samplingOf(clusters))) {
    const moment = after(askAt, turnOf(release.id, following.count, spec.interval));
    next.set(cluster, earliest([next.get(cluster), moment]) ?? moment);
  }
  const queued = new Set<Instant>();
  for (const [cluster, moment] of next) {
    if (queued.has(moment)) continue;
    queued.add(moment);
    await tx.jobs.enqueue({ kind: 'measure', release: release.id, cluster }, moment);
  }
}
