import type { Measurement } from '@spillway/domain-analysis';
import type { Slot } from '@spillway/domain-release';
import { instant, type ClusterName, type ReleaseId } from '@spillway/kernel';
import { readMetric } from '../reading/read-metric.js';
import type { LoopDeps } from './deps.js';
import { findDue, type Due, type DuePart } from './due-measurements.js';
import { Patience } from './patience.js';
import { quietly, sharing } from './quietly.js';
import { storeMeasurements, type Measured } from './store-measurements.js';

/**
 * Makes the measurements of a release that are due, in this cluster and in those of its others whose
 * metrics usually answer in time, and wakes the release when they are stored: all clusters together
 * take hardly more than one. Waits for no other cluster's metrics source that hangs; what is due
 * there gets a job of its own.
 */
export const measure = (
  deps: LoopDeps,
): ((id: ReleaseId, cluster: ClusterName) => Promise<void>) => {
  const share = sharing(deps.unitOfWork);
  const look = quietly(deps.unitOfWork);
  const patience = new Patience(deps.pause);
  return async (id, cluster) => {
    const due = await share((tx) => findDue(tx, deps.following, id, cluster));
    if (due === undefined) return;
    const store = (measured: Measured, others: readonly ClusterName[]): Promise<void> =>
      look((tx, mayRecord) => storeMeasurements(tx, deps, { due, measured, others }, mayRecord));

    const asked = askAll(deps, patience, due, cluster);
    const inTime = await patience.inTime(asked);
    const missing = missingIn(due, inTime, cluster);
    if (inTime.size + missing.length > 0) await store(inTime, missing);
    const own = asked.get(cluster);
    if (own === undefined || inTime.has(cluster)) return;
    await store(new Map([[cluster, await patience.alone(cluster, own)]]), []);
  };
};

const missingIn = ({ parts }: Due, measured: Measured, own: ClusterName): readonly ClusterName[] =>
  parts.flatMap(({ record: { name } }) => (name === own || measured.has(name) ? [] : [name]));

const askAll = (
  deps: LoopDeps,
  patience: Patience,
  { subject, parts }: Due,
  own: ClusterName,
): ReadonlyMap<ClusterName, Promise<readonly Measurement[]>> =>
  new Map(
    parts
      .filter(({ record: { name } }) => name === own || !patience.isOverWith(name))
      .map((part) => {
        const { name } = part.record;
        const all = () => Promise.all(part.slots.map((slot) => read(deps, subject, part, slot)));
        return [name, all()];
      }),
  );

async function read(
  { unitOfWork, metrics, sources }: LoopDeps,
  { release, service }: Due['subject'],
  { record }: DuePart,
  { spec, at, ordinal }: Slot,
): Promise<Measurement> {
  const { stable, candidate } = release;
  const { query, window } = spec;
  const question = { query, window, service, stable, candidate, at };
  const reading = await readMetric(question, record, { unitOfWork, metrics, sources });
  const from = instant(at - window);
  return { metric: spec.name, cluster: record.name, ordinal, from, to: at, reading };
}
