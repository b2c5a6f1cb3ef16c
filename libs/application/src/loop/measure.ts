import { countsEveryRequest, type Measurement } from '@spillway/domain-analysis';
import { schedule, type Slot } from '@spillway/domain-release';
import { after, instant, type ClusterName, type Instant, type ReleaseId } from '@spillway/kernel';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { JudgedMeasurement } from '../port/measurement-store.js';
import type { Tx } from '../port/unit-of-work.js';
import type { LoopDeps } from './deps.js';
import type { Following } from './following.js';
import { judgeLooks } from './judge-looks.js';
import { readMetric } from '../reading/read-metric.js';
import { noteSplit } from './note-split.js';
import { queueMeasurements } from './queue-measurements.js';
import { quietly, sharing } from './quietly.js';
import { samplingOf } from './sampling.js';
import { isSplitByUs } from './split-by-us.js';
import { loadSubject, type Subject } from './subject.js';
import { atOnce } from './turn.js';

/** After a long stop at most this many missed measurements are made up in one go. */
const maxAtOnce = 60;

/**
 * Makes the measurements of one cluster that are due, and wakes the release when
 * they are stored. Waits for that cluster's metrics source only.
 */
export const measure = (
  deps: LoopDeps,
): ((id: ReleaseId, cluster: ClusterName) => Promise<void>) => {
  const share = sharing(deps.unitOfWork);
  const look = quietly(deps.unitOfWork);
  return async (id, cluster) => {
    const due = await share((tx) => findDue(tx, deps, id, cluster));
    if (due === undefined) return;
    const measurements = await Promise.all(due.slots.map((slot) => read(deps, due, slot)));
    await look((tx, mayRecord) => store(tx, deps, { due, measurements }, mayRecord));
  };
};

interface Due {
  readonly subject: Subject;
  readonly record: ClusterRecord;
  /** One or more. */
  readonly slots: readonly Slot[];
  readonly made: readonly Measurement[];
}

async function findDue(
  tx: Tx,
  { following }: LoopDeps,
  id: ReleaseId,
  cluster: ClusterName,
): Promise<Due | undefined> {
  const subject = await loadSubject(tx, id, { lock: false });
  const record = subject?.clusters.find(({ name }) => name === cluster);
  if (subject === undefined || record === undefined) return undefined;
  const made = await tx.measurements.ofStep(id, subject.release.cursor.index);
  const slots = dueIn(cluster, subject, made, tx.now);
  if (slots.length > 0) return { subject, record, slots, made };
  await queueMeasurements(tx, subject, made, following);
  return undefined;
}

async function read(
  { unitOfWork, metrics, sources }: LoopDeps,
  { subject, record }: Due,
  { spec, at, ordinal }: Slot,
): Promise<Measurement> {
  const { stable, candidate } = subject.release;
  const { query, window } = spec;
  const question = { query, window, service: subject.service, stable, candidate, at };
  const reading = await readMetric(question, record, { unitOfWork, metrics, sources });
  const from = instant(at - window);
  return { metric: spec.name, cluster: record.name, ordinal, from, to: at, reading };
}

/** What was measured, and what it says of the split, in one transaction. */
async function store(
  tx: Tx,
  { judge, logger, following }: LoopDeps,
  { due, measurements }: { readonly due: Due; readonly measurements: readonly Measurement[] },
  mayRecord: boolean,
): Promise<boolean> {
  const { subject, record, slots, made } = due;
  const { id, cursor } = subject.release;
  if (isSplitByUs(subject.service)) {
    const counted = { cluster: record.name, measurements: ofTheMesh(measurements, slots) };
    if (!(await noteSplit(tx, logger, id, counted, mayRecord))) return false;
  }
  const judged = judgeLooks(subject, made, measurements, judge, tx.now);
  await tx.measurements.add(id, cursor.index, judged);
  // It queues the next measurement, too.
  await tx.jobs.enqueue({ kind: 'reconcile', release: id }, decideAt(judged, following, tx.now));
  return true;
}

/** Long enough for the other clusters of a release, which are measured at the same moment. */
const gatherMs = 100;

/** All clusters are decided on together where many releases are followed, unless something failed. */
function decideAt(
  judged: readonly JudgedMeasurement[],
  { count }: Following,
  now: Instant,
): Instant | undefined {
  const hasFailed = judged.some(({ verdict }) => verdict?.kind === 'fail');
  return hasFailed || count <= atOnce ? undefined : after(now, gatherMs);
}

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
