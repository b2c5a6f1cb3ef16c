import type { Measurement } from '@spillway/domain-analysis';
import { schedule, type Slot } from '@spillway/domain-release';
import { instant, type ClusterName, type ReleaseId } from '@spillway/kernel';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { Tx } from '../port/unit-of-work.js';
import type { Following } from './following.js';
import { queueMeasurements } from './queue-measurements.js';
import { samplingOf } from './sampling.js';
import { loadSubject, type Subject } from './subject.js';

/**
 * At most so many missed measurements of a metric are made up in one go, the oldest first. Few: where many
 * releases are late, all of them then ask for the same windows at about the same time, and share the answers.
 */
const maxAtOnce = 2;

/** One cluster, and what is to be measured there. */
export interface DuePart {
  readonly record: ClusterRecord;
  /** One or more. */
  readonly slots: readonly Slot[];
}

export interface Due {
  readonly subject: Subject;
  /** One or more. */
  readonly parts: readonly DuePart[];
  /** The measurements of the step until now. */
  readonly made: readonly Measurement[];
}

/** What is due in all clusters of a release. Where that is nothing, the next measurements are queued. */
export async function findDue(
  tx: Tx,
  following: Following,
  id: ReleaseId,
  cluster: ClusterName,
): Promise<Due | undefined> {
  const subject = await loadSubject(tx, id, { lock: false });
  if (subject?.clusters.some(({ name }) => name === cluster) !== true) return undefined;
  const made = await tx.measurements.ofStep(id, subject.release.cursor.index);
  const slots = dueSlots(subject, made, tx.now);
  const parts = subject.clusters
    .map((record) => ({ record, slots: slots.filter((slot) => slot.cluster === record.name) }))
    .filter((part) => part.slots.length > 0);
  if (parts.length > 0) return { subject, parts, made };
  await queueMeasurements(tx, subject, made, following);
  return undefined;
}

/** Every slot up to now, each metric from its next one on. */
function dueSlots(
  { release, clusters }: Subject,
  made: readonly Measurement[],
  now: number,
): readonly Slot[] {
  const slots: Slot[] = [];
  for (const first of schedule(release, made, samplingOf(clusters))) {
    for (let n = 0; n < maxAtOnce; n += 1) {
      const later = n * first.spec.interval;
      if (first.askAt + later > now) break;
      const at = instant(first.at + later);
      slots.push({ ...first, at, ordinal: first.ordinal + n });
    }
  }
  return slots;
}
