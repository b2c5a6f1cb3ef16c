import { nextEgressWrite, type LiveEgress, type WantedEgress } from '@spillway/domain-egress';
import {
  after,
  duration,
  type ClusterName,
  type Duration,
  type NamespaceName,
} from '@spillway/kernel';
import type { ApplyOutcome } from '../port/cluster-link.js';
import type { EgressLink } from '../port/egress-link.js';
import type { EgressRecord, EgressRollout } from '../port/egress-store.js';
import type { LoopDeps } from './deps.js';

interface Target {
  readonly record: EgressRecord;
  readonly rollout: EgressRollout;
  readonly link: EgressLink;
}

/** Opening is never left to the next minute; a cluster that is back wakes its jobs besides. */
const retryAfter = {
  opening: duration(1_000),
  closing: duration(15_000),
  people: duration(30_000),
};

/** Three writes with a wait between each, and a look at the end; more only fights with another writer. */
const maxRounds = 8;

/**
 * Brings one cluster to an outbound policy. Done is what was read back, not what
 * was written: the last look of each run finds nothing more to do.
 */
export const applyEgress =
  (deps: LoopDeps) =>
  async (namespace: NamespaceName, cluster: ClusterName): Promise<void> => {
    let before: LiveEgress | undefined;
    for (let round = 0; round < maxRounds; round += 1) {
      // Asked anew each time: a rollback may have come while this job wrote or waited.
      const target = await findTarget(deps, namespace, cluster);
      if (target === undefined) return;
      const look = await target.link.look();
      if (look.kind === 'unreachable') return later(deps, target, look.reason, patience(target));
      const live = seenSince(namespace, look.objects, before, deps);
      before = live;
      const next = nextEgressWrite(wantedIn(target.record, target.rollout), live, deps.clock.now());
      if (next.do === 'nothing') return settle(deps, target);
      if (next.do === 'stop') return later(deps, target, next.because, retryAfter.people);
      if (next.do === 'wait') {
        await deps.pause(duration(Math.max(0, next.until - deps.clock.now())));
        continue;
      }
      const outcomes = await Promise.all(next.writes.map((write) => target.link.write(write)));
      const failed = outcomes.find(isFailed);
      if (failed !== undefined) return report(deps, target, failed);
    }
    await again(deps, { namespace, cluster }, retryAfter.opening);
  };

/** What a rollout wants of its cluster. */
export const wantedIn = (
  { namespace, allow }: Pick<EgressRecord, 'namespace' | 'allow'>,
  { mode }: Pick<EgressRollout, 'mode'>,
): WantedEgress => ({ namespace, allow, mode });

async function findTarget(
  { unitOfWork, egress }: LoopDeps,
  namespace: NamespaceName,
  cluster: ClusterName,
): Promise<Target | undefined> {
  const found = await unitOfWork.run(async (tx) => ({
    record: await tx.egress.get(namespace),
    place: await tx.clusters.get(cluster),
  }));
  const rollout = found.record?.rollouts.find((one) => one.cluster === cluster);
  if (found.record === undefined || found.place === undefined || rollout === undefined)
    return undefined;
  return { record: found.record, rollout, link: egress.to(found.place) };
}

/** The moment counts from the first look that showed the namespace as it is. */
function seenSince(
  namespace: NamespaceName,
  objects: LiveEgress['objects'],
  before: LiveEgress | undefined,
  { clock }: LoopDeps,
): LiveEgress {
  const versions = (all: LiveEgress['objects']): string =>
    all
      .filter(({ metadata }) => metadata.namespace === namespace)
      .map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.resourceVersion}`)
      .toSorted()
      .join();
  const isSame = before !== undefined && versions(before.objects) === versions(objects);
  return { objects, since: isSame ? before.since : clock.now() };
}

const patience = ({ rollout }: Target): Duration =>
  rollout.mode === 'enforce' ? retryAfter.closing : retryAfter.opening;

/** Somebody else's write is looked at in the next round. */
const isFailed = (
  outcome: ApplyOutcome,
): outcome is Extract<ApplyOutcome, { readonly reason: string }> =>
  outcome.kind === 'refused' || outcome.kind === 'unreachable';

const settle = (
  { unitOfWork }: LoopDeps,
  { record: { namespace, generation }, rollout: { cluster } }: Target,
): Promise<void> =>
  unitOfWork.run((tx) => tx.egress.note(namespace, cluster, generation, { appliedAt: tx.now }));

const report = (
  deps: LoopDeps,
  target: Target,
  { kind, reason }: Extract<ApplyOutcome, { readonly reason: string }>,
): Promise<void> =>
  later(
    deps,
    target,
    kind === 'refused' ? `the API server refuses the write: ${reason}` : reason,
    kind === 'refused' ? retryAfter.people : patience(target),
  );

async function later(
  deps: LoopDeps,
  target: Target,
  because: string,
  pause: Duration,
): Promise<void> {
  const { record, rollout } = target;
  const { namespace, generation } = record;
  const { cluster } = rollout;
  if (rollout.because !== because) {
    deps.logger.warn({ namespace, cluster }, `egress policy is not applied: ${because}`);
  }
  await deps.unitOfWork.run((tx) => tx.egress.note(namespace, cluster, generation, { because }));
  await again(deps, { namespace, cluster }, pause);
}

const again = (
  { unitOfWork }: LoopDeps,
  subject: { readonly namespace: NamespaceName; readonly cluster: ClusterName },
  pause: Duration,
): Promise<void> =>
  unitOfWork.run((tx) => tx.jobs.enqueue({ kind: 'egress', ...subject }, after(tx.now, pause)));
