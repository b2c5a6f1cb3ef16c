import { nextWrite, type NextWrite } from '@spillway/domain-istio';
import { evolve, loopActor, type Release, type Rollout } from '@spillway/domain-release';
import {
  NOTHING,
  after,
  duration,
  instant,
  type ClusterName,
  type Duration,
  type ReleaseId,
} from '@spillway/kernel';
import type { ApplyOutcome, ClusterLink } from '../port/cluster-link.js';
import type { ServiceRecord } from '../port/service-store.js';
import type { Tx } from '../port/unit-of-work.js';
import type { LoopDeps } from './deps.js';
import { desiredTraffic } from './desired-traffic.js';
import { loadSubject } from './subject.js';

/** How long to leave a cluster alone after a write that did not go through. */
const retryAfter = {
  conflict: duration(100),
  unreachable: duration(1_000),
  refused: duration(30_000),
} as const satisfies Record<Exclude<ApplyOutcome['kind'], 'applied'>, Duration>;

/** A subset, the route and a removal; more rounds than that only fight with another writer. */
const maxWrites = 4;

interface Target {
  readonly release: Release;
  readonly rollout: Rollout;
  readonly service: ServiceRecord;
  readonly link: ClusterLink;
}

/**
 * Brings one cluster to what its rollout wants. Waits for nothing but that
 * cluster. What the cluster then holds is told to the release by `reconcile`,
 * which looks at the read-back, never at this job's opinion of its own success.
 */
export const apply =
  (deps: LoopDeps) =>
  async (id: ReleaseId, cluster: ClusterName): Promise<void> => {
    const target = await findTarget(deps, id, cluster);
    if (target === undefined) return;
    if (target.link.state().kind !== 'ready') return again(deps, target, patience(target));
    for (let writes = 0; writes < maxWrites; writes += 1) {
      const step = plan(target, deps);
      if (step.do !== 'write') return conclude(deps, target, step);
      const outcome = await target.link.apply(
        step.object,
        step.resourceVersion === undefined ? {} : { resourceVersion: step.resourceVersion },
      );
      if (outcome.kind !== 'applied') return report(deps, target, outcome);
    }
    return again(deps, target, retryAfter.conflict);
  };

/** The link says when its cluster is back; asking it in between is for news that went astray. */
const patience = ({ release }: Target): Duration =>
  release.endedAt === undefined ? retryAfter.unreachable : duration(60_000);

/** A release that is no longer the service's latest has nothing to write any more. */
async function findTarget(
  { unitOfWork, links, following }: LoopDeps,
  id: ReleaseId,
  cluster: ClusterName,
): Promise<Target | undefined> {
  const subject = await unitOfWork.run((tx) => loadSubject(tx, id, { lock: false }));
  const record = subject?.clusters.find(({ name }) => name === cluster);
  const rollout = subject?.release.rollouts.find((one) => one.cluster === cluster);
  if (subject === undefined || record === undefined || rollout === undefined) return undefined;
  const { release, service } = subject;
  if (service.latestRelease !== id) return undefined;
  const link = links.to(record);
  if (release.endedAt === undefined) following.start(id, service, [link]);
  return { release, rollout, service, link };
}

function plan({ release, rollout, service, link }: Target, { clock }: LoopDeps): NextWrite {
  const live = link.routing(service);
  if (live === undefined) return { do: 'stop', because: 'the link is being made anew' };
  const { weight } = rollout.desired;
  // A cluster that comes back after a while may have lost the pods that were there at the decision.
  if (weight > NOTHING && link.readyEndpoints(service, release.candidate) === 0) {
    return { do: 'stop', because: `${release.candidate} has no ready endpoint` };
  }
  return nextWrite(desiredTraffic(release, rollout, service), live, clock.now());
}

async function conclude(
  deps: LoopDeps,
  target: Target,
  step: Exclude<NextWrite, { do: 'write' }>,
): Promise<void> {
  const { release, rollout } = target;
  const { cluster, desired } = rollout;
  if (step.do === 'wait')
    return again(deps, target, duration(Math.max(0, step.until - deps.clock.now())));
  if (step.do === 'stop') {
    deps.logger.warn({ release: release.id, cluster }, `did not write: ${step.because}`);
    return again(deps, target, retryAfter.unreachable);
  }
  await deps.unitOfWork.run(async (tx) => {
    await tx.releases.settle(release.id, cluster, desired.generation);
    await tx.jobs.enqueue({ kind: 'reconcile', release: release.id });
  });
}

async function report(
  deps: LoopDeps,
  target: Target,
  outcome: Exclude<ApplyOutcome, { kind: 'applied' }>,
): Promise<void> {
  const { release, rollout } = target;
  const reason = outcome.kind === 'conflict' ? 'somebody else wrote first' : outcome.reason;
  deps.logger.warn({ release: release.id, cluster: rollout.cluster }, `${outcome.kind}: ${reason}`);
  if (outcome.kind === 'refused') await noteRefusal(deps, target, outcome.reason);
  await again(deps, target, retryAfter[outcome.kind]);
}

/** The same refusal again is no news. */
async function noteRefusal(deps: LoopDeps, { release: { id }, rollout }: Target, detail: string) {
  const { cluster, desired } = rollout;
  await deps.unitOfWork.run(async (tx) => {
    const release = await tx.releases.lock(id);
    const current = release?.rollouts.find((one) => one.cluster === cluster);
    if (release === undefined || release.endedAt !== undefined || current?.refused === detail)
      return;
    const event = {
      type: 'writeRefused',
      cluster,
      generation: desired.generation,
      detail,
      because: `${cluster} refused the routing: ${detail}`,
      actor: loopActor,
      at: tx.now,
    } as const;
    await tx.releases.save(evolve(release, event), [event]);
  });
}

/** Queues this job again, and lets the release see what there is to see until then. */
const again = (
  { unitOfWork }: LoopDeps,
  { release: { id }, rollout: { cluster } }: Target,
  pause: Duration,
) =>
  unitOfWork.run(async (tx: Tx) => {
    await tx.jobs.enqueue({ kind: 'apply', release: id, cluster }, after(instant(tx.now), pause));
    await tx.jobs.enqueue({ kind: 'reconcile', release: id });
  });
