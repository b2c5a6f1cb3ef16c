import type { Measurement } from '@spillway/domain-analysis';
import { schedule } from '@spillway/domain-release';
import { after, earliest } from '@spillway/kernel';
import type { Tx } from '../port/unit-of-work.js';
import type { Following } from './following.js';
import { samplingOf } from './sampling.js';
import type { Subject } from './subject.js';
import { turnOf } from './turn.js';

/** One job for each cluster that is measured, due with its next measurement. */
export async function queueMeasurements(
  tx: Tx,
  { release, clusters }: Pick<Subject, 'release' | 'clusters'>,
  made: readonly Measurement[],
  following: Following,
): Promise<void> {
  const due = schedule(release, made, samplingOf(clusters));
  for (const cluster of new Set(due.map((one) => one.cluster))) {
    const moments = due
      .filter((one) => one.cluster === cluster)
      .map(({ askAt, spec }) => after(askAt, turnOf(release.id, following.count, spec.interval)));
    await tx.jobs.enqueue({ kind: 'measure', release: release.id, cluster }, earliest(moments));
  }
}
