import type { EgressRecord, EgressRollout } from '@spillway/application';
import { clusterName, generation, namespaceName } from '@spillway/kernel';
import type { EgressRolloutRow, EgressRow } from './egress-rows.js';

export const toRow = (record: EgressRecord): Omit<EgressRow, 'rollouts'> => ({
  namespace: record.namespace,
  mode: record.mode,
  allow: record.allow,
  generation: record.generation,
  changedBy: record.changedBy,
  because: record.because,
  accepted: record.accepted ?? null,
  createdAt: record.createdAt,
  updatedAt: record.updatedAt,
});

export const toRolloutRows = ({
  namespace,
  rollouts,
}: EgressRecord): readonly Omit<EgressRolloutRow, 'of'>[] =>
  rollouts.map(({ cluster, mode, applied, appliedAt, because }, position) => ({
    namespace,
    cluster,
    position,
    mode,
    appliedGeneration: applied ?? null,
    appliedAt: appliedAt ?? null,
    because: because ?? null,
  }));

export function toEgress(row: EgressRow): EgressRecord {
  const rollouts = row.rollouts.toSorted((a, b) => a.position - b.position).map(toRollout);
  return {
    namespace: namespaceName(row.namespace),
    clusters: rollouts.filter(({ mode }) => mode !== 'off').map(({ cluster }) => cluster),
    mode: row.mode,
    allow: row.allow,
    generation: generation(row.generation),
    changedBy: row.changedBy,
    because: row.because,
    ...(row.accepted === null ? {} : { accepted: row.accepted }),
    rollouts,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

const toRollout = (row: EgressRolloutRow): EgressRollout => ({
  cluster: clusterName(row.cluster),
  mode: row.mode,
  ...(row.appliedGeneration === null ? {} : { applied: generation(row.appliedGeneration) }),
  ...(row.appliedAt === null ? {} : { appliedAt: row.appliedAt }),
  ...(row.because === null ? {} : { because: row.because }),
});
