import { countsEveryRequest, type Measurement } from '@spillway/domain-analysis';
import { schedule, type Slot } from '@spillway/domain-release';
import { instant, type ClusterName, type ReleaseId } from '@spillway/kernel';
import type { LoopDeps } from './deps.js';
import { judgeLooks } from './judge-looks.js';
import { readMetric } from '../reading/read-metric.js';
import { noteSplit } from './note-split.js';
import { queueMeasurements } from './queue-measurements.js';
import { samplingOf } from './sampling.js';
import { isSplitByUs } from './split-by-us.js';
import { loadSubject, type Subject } from './subject.js';

/** After a long stop at most this many missed measurements are made up in one go. */
const maxAtOnce = 60;

/**
 * Makes the measurements of one cluster that are due, and wakes the release when
 * they are stored. Waits for that cluster's metrics source only.
 */
export const measure =
  ({ unitOfWork, metrics, sources, judge, following, logger }: LoopDeps) =>
  async (id: ReleaseId, cluster: ClusterName): Promise<void> => {
    const due = await unitOfWork.run(async (tx) => {
      const subject = await loadSubject(tx, id, { lock: false });
      if (subject === undefined) return undefined;
      const step = subject.release.cursor.index;
      const made = await tx.measurements.ofStep(id, step);
      const slots = dueIn(cluster, subject, made, tx.now);
      if (slots.length === 0) await queueMeasurements(tx, subject, made, following);
      return { subject, step, slots, made };
    });
    const record = due?.subject.clusters.find(({ name }) => name === cluster);
    if (due === undefined || record === undefined || due.slots.length === 0) return;

    const { release, service } = due.subject;
    const measurements = await Promise.all(
      due.slots.map(async ({ spec, at, ordinal }): Promise<Measurement> => {
        const { stable, candidate } = release;
        const { query, window } = spec;
        const question = { query, window, service, stable, candidate, at };
        const reading = await readMetric(question, record, { unitOfWork, metrics, sources });
        return { metric: spec.name, cluster, ordinal, from: instant(at - window), to: at, reading };
      }),
    );
    await unitOfWork.run(async (tx) => {
      const judged = judgeLooks(due.subject, due.made, measurements, judge, tx.now);
      await tx.measurements.add(id, due.step, judged);
      if (isSplitByUs(service)) {
        const counted = ofTheMesh(measurements, due.slots);
        await noteSplit(tx, logger, id, { cluster, measurements: counted });
      }
      // It queues the next measurement, too.
      await tx.jobs.enqueue({ kind: 'reconcile', release: id });
    });
  };

/** What sources and people count beside the mesh says nothing about its split. */
function ofTheMesh(
  measurements: readonly Measurement[],
  slots: readonly Slot[],
): readonly Measurement[] {
  const counting = slots.filter(({ spec }) => countsEveryRequest(spec.query));
  const names = new Set(counting.map(({ spec }) => spec.name));
  return measurements.filter(({ metric }) => names.has(metric));
}

/** Every slot of the cluster up to now, each metric from its next one on. */
function dueIn(
  cluster: ClusterName,
  { release, clusters }: Subject,
  made: readonly Measurement[],
  now: number,
): readonly Slot[] {
  const slots: Slot[] = [];
  for (const first of schedule(release, made, samplingOf(clusters))) {
    if (first.cluster !== cluster) continue;
    for (let n = 0; n < maxAtOnce; n += 1) {
      const later = n * first.spec.interval;
      if (first.askAt + later > now) break;
      const at = instant(first.at + later);
      slots.push({ ...first, at, ordinal: first.ordinal + n });
    }
  }
  return slots;
}
