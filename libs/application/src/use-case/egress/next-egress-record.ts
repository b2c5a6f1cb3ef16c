import type { AllowedEgress, EgressMode } from '@spillway/domain-egress';
import { generation, type ClusterName, type Instant, type NamespaceName } from '@spillway/kernel';
import type { EgressRecord, EgressRollout } from '../../port/egress-store.js';

/** What people say of a namespace. */
export interface NewEgressPolicy {
  readonly namespace: NamespaceName;
  readonly clusters: readonly ClusterName[];
  readonly mode: EgressMode;
  readonly allow: readonly AllowedEgress[];
}

export interface EgressChange {
  readonly policy: NewEgressPolicy;
  readonly changedBy: string;
  readonly because: string;
  readonly accepted?: string;
}

/** The policy after a change. One that says what it said before keeps its generation, and is as it was. */
export function nextEgressRecord(
  before: EgressRecord | undefined,
  { policy, changedBy, because, accepted }: EgressChange,
  now: Instant,
): EgressRecord {
  if (before !== undefined && isSamePolicy(before, policy)) return before;
  const { namespace, clusters, mode, allow } = policy;
  return {
    namespace,
    clusters,
    mode,
    allow,
    generation: generation((before?.generation ?? 0) + 1),
    changedBy,
    because,
    ...(accepted === undefined ? {} : { accepted }),
    rollouts: nextRollouts(before?.rollouts ?? [], policy),
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
}

export const isSamePolicy = (before: NewEgressPolicy, policy: NewEgressPolicy): boolean =>
  contentOf(before) === contentOf(policy);

const contentOf = ({ clusters, mode, allow }: NewEgressPolicy): string =>
  JSON.stringify([
    clusters,
    mode,
    allow.map(({ hosts, ports, owner, reason, resolution }) => [
      hosts,
      ports.map(({ number, protocol }) => [number, protocol]),
      owner,
      reason,
      resolution,
    ]),
  ]);

/** A cluster that the policy leaves is cleaned up before it is forgotten. */
function nextRollouts(
  before: readonly EgressRollout[],
  { clusters, mode }: NewEgressPolicy,
): readonly EgressRollout[] {
  const wanted = clusters.map((cluster) => rolloutOf(before, cluster, mode));
  const left = before
    .filter(({ cluster }) => !clusters.includes(cluster))
    .map(({ cluster }) => rolloutOf(before, cluster, 'off'));
  return [...wanted, ...left];
}

function rolloutOf(
  before: readonly EgressRollout[],
  cluster: ClusterName,
  mode: EgressRollout['mode'],
): EgressRollout {
  const known = before.find((one) => one.cluster === cluster);
  const { applied, appliedAt } = known ?? {};
  return {
    cluster,
    mode,
    ...(applied === undefined ? {} : { applied }),
    ...(appliedAt === undefined ? {} : { appliedAt }),
  };
}
