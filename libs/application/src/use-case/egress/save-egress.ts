import type { EgressRecord, EgressRollout } from '../../port/egress-store.js';
import type { Tx } from '../../port/unit-of-work.js';
import type { Changed } from '../change.js';
import { nextEgressRecord, type EgressChange, type NewEgressPolicy } from './next-egress-record.js';

export const policyOf = ({ namespace, clusters, mode, allow }: EgressRecord): NewEgressPolicy => ({
  namespace,
  clusters,
  mode,
  allow,
});

/** Stores it and queues a job for each cluster, also when nothing is new: that heals what was changed by hand. */
export async function saveEgress(
  tx: Tx,
  before: EgressRecord | undefined,
  wanted: EgressChange,
): Promise<EgressRecord> {
  const record = nextEgressRecord(before, wanted, tx.now);
  if (record !== before) await tx.egress.save(record);
  const { namespace } = record;
  for (const { cluster } of record.rollouts.toSorted(byCluster)) {
    await tx.jobs.enqueue({ kind: 'egress', namespace, cluster });
  }
  return record;
}

const byCluster = (a: EgressRollout, b: EgressRollout): number =>
  Number(a.cluster > b.cluster) - Number(a.cluster < b.cluster);

/** What is left of it in the audit log; one that says the same again changes nothing. */
export const changedEgress = (
  before: EgressRecord | undefined,
  record: EgressRecord,
): Changed<EgressRecord> => ({
  value: record,
  subject: `egress policy ${record.namespace}`,
  before,
  after: record,
});
