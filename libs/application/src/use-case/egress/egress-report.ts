import {
  coversHost,
  dropped,
  remarks,
  uncovered,
  type LiveEgress,
  type SeenEgress,
} from '@spillway/domain-egress';
import type { ClusterName, Duration, Instant, NamespaceName } from '@spillway/kernel';
import { wantedIn } from '../../loop/apply-egress.js';
import type { ClusterRecord } from '../../port/cluster-store.js';
import type { EgressAnswer } from '../../port/egress-metrics.js';
import type { EgressRecord } from '../../port/egress-store.js';
import type { UseCaseDeps } from '../deps.js';
import type { NewEgressPolicy } from './next-egress-record.js';

/** Traffic that the allow-list does not cover. */
export interface EgressFinding extends SeenEgress {
  /** Seen only before the allow-list was applied as it is: it may be covered by now and not show it. */
  readonly isBeforeAllowList: boolean;
  /** Whether it passes today and would not any more. */
  readonly wouldBlock: boolean;
}

export type EgressClusterReport = { readonly cluster: ClusterName } & (
  | {
      readonly kind: 'measured';
      readonly requests: number;
      readonly findings: readonly EgressFinding[];
      readonly remarks: readonly string[];
    }
  /** Nothing is known: not that nothing would be blocked. */
  | { readonly kind: 'noData' | 'failed'; readonly because: string }
);

/** What enforcing a policy would block, cluster by cluster. */
export interface EgressReport {
  readonly namespace: NamespaceName;
  readonly at: Instant;
  readonly window: Duration;
  readonly clusters: readonly EgressClusterReport[];
}

export interface ReportQuestion {
  readonly policy: NewEgressPolicy;
  /** As it is stored, where it is. */
  readonly known: EgressRecord | undefined;
  readonly clusters: readonly ClusterRecord[];
  readonly at: Instant;
  readonly window: Duration;
}

/** Asks every cluster and its metrics, all at once. */
export async function egressReport(
  deps: Pick<UseCaseDeps, 'egress' | 'egressMetrics'>,
  question: ReportQuestion,
): Promise<EgressReport> {
  const { policy, at, window, clusters } = question;
  const reports = clusters.map((cluster) => clusterReport(deps, question, cluster));
  return { namespace: policy.namespace, at, window, clusters: await Promise.all(reports) };
}

async function clusterReport(
  { egress, egressMetrics }: Pick<UseCaseDeps, 'egress' | 'egressMetrics'>,
  { policy, known, at, window }: ReportQuestion,
  record: ClusterRecord,
): Promise<EgressClusterReport> {
  const cluster = record.name;
  const look = await egress.to(record).look();
  if (look.kind === 'unreachable') return { cluster, kind: 'failed', because: look.reason };
  const live: LiveEgress = { objects: look.objects, since: at };
  const { namespace } = policy;
  const hosts = dropped(policy, live);
  const answer = await egressMetrics.to(record).ask({ namespace, hosts, at, window });
  if (answer.kind !== 'measured') return { cluster, ...unmeasured(answer) };
  const rollout = known?.rollouts.find((one) => one.cluster === cluster);
  return {
    cluster,
    kind: 'measured',
    requests: answer.requests,
    findings: uncovered(policy, live, answer.seen).map((seen) => ({
      ...seen,
      isBeforeAllowList: isBefore(seen, rollout?.appliedAt),
      wouldBlock: wouldBlock(
        seen,
        rollout?.mode === 'enforce' ? rollout.appliedAt : undefined,
        hosts,
      ),
    })),
    remarks: remarks(wantedIn(policy, { mode: policy.mode }), live),
  };
}

const unmeasured = (answer: Exclude<EgressAnswer, { kind: 'measured' }>) =>
  ({ kind: answer.kind === 'error' ? 'failed' : 'noData', because: answer.because }) as const;

const isBefore = ({ lastSeen }: SeenEgress, appliedAt: Instant | undefined): boolean =>
  lastSeen !== undefined && appliedAt !== undefined && lastSeen < appliedAt;

/** Where it is enforced already, what passed before that is no news; what a shorter list would close is. */
const wouldBlock = (
  seen: SeenEgress,
  enforcedAt: Instant | undefined,
  droppedHosts: readonly string[],
): boolean =>
  !seen.isBlocked &&
  (!isBefore(seen, enforcedAt) || droppedHosts.some((host) => coversHost(host, seen.host ?? '')));
