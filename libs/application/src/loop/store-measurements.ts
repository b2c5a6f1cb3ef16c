import { countsEveryRequest, type Measurement } from '@spillway/domain-analysis';
import type { ClusterName } from '@spillway/kernel';
import type { Tx } from '../port/unit-of-work.js';
import type { LoopDeps } from './deps.js';
import type { Due, DuePart } from './due-measurements.js';
import { judgeLooks } from './judge-looks.js';
import { noteSplits } from './note-split.js';
import { isSplitByUs } from './split-by-us.js';

/** What was measured in each cluster that answered. */
export type Measured = ReadonlyMap<ClusterName, readonly Measurement[]>;

interface Found {
  readonly due: Due;
  readonly measured: Measured;
  /** Clusters that are to be measured by jobs of their own. */
  readonly others: readonly ClusterName[];
}

/** What was measured, and what it says of the split, in one transaction. False where it may not be recorded. */
export async function storeMeasurements(
  tx: Tx,
  { judge, logger }: Pick<LoopDeps, 'judge' | 'logger'>,
  { due, measured, others }: Found,
  mayRecord: boolean,
): Promise<boolean> {
  const { subject, parts, made } = due;
  const { id: release, cursor } = subject.release;
  if (isSplitByUs(subject.service)) {
    const counted = new Map(parts.map((part) => [part.record.name, ofTheMesh(part, measured)]));
    if (!(await noteSplits(tx, logger, release, counted, mayRecord))) return false;
  }
  for (const cluster of others) await tx.jobs.enqueue({ kind: 'measure', release, cluster });
  if (measured.size === 0) return true;
  const fresh = [...measured.values()].flat();
  await tx.measurements.add(release, cursor.index, judgeLooks(subject, made, fresh, judge, tx.now));
  // It queues the next measurement, too.
  await tx.jobs.enqueue({ kind: 'reconcile', release });
  return true;
}

/** What sources and people count beside the mesh says nothing about its split. */
function ofTheMesh({ record, slots }: DuePart, measured: Measured): readonly Measurement[] {
  const counting = slots.filter(({ spec }) => countsEveryRequest(spec.query));
  const names = new Set(counting.map(({ spec }) => spec.name));
  return (measured.get(record.name) ?? []).filter(({ metric }) => names.has(metric));
}
