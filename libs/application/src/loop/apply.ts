import { describeDrift, obstacle, type Write } from '@spillway/domain-istio';
import { isFinal } from '@spillway/domain-release';
import {
  after,
  duration,
  type ClusterName,
  type Duration,
  type Instant,
  type ReleaseId,
} from '@spillway/kernel';
import type { ApplyOutcome, ClusterLink } from '../port/cluster-link.js';
import type { Reads, Tx } from '../port/unit-of-work.js';
import type { LoopDeps } from './deps.js';
import { desiredTraffic, isGoingBack } from './desired-traffic.js';
import { nextStep, type Target } from './next-step.js';
import { noteFight, noteRefusal } from './note-trouble.js';
import { sharingReads, type Run } from './quietly.js';
import { loadSubject, type Subject } from './subject.js';
import { Written } from './written.js';

/** How long to leave a cluster alone after a write that did not go through. */
const retryAfter = {
  conflict: duration(100),
  unreachable: duration(1_000),
  refused: duration(30_000),
} as const satisfies Record<Exclude<ApplyOutcome['kind'], 'applied'>, Duration>;

/** A longer wait is spent in the queue, not in a worker's hand. */
const longestPause = 1_000;

/** Two writes with a wait between them, and a look at the end; a ramp may go on meanwhile. */
const maxRounds = 6;

/**
 * Brings one cluster to what its rollout wants. Waits for nothing but that
 * cluster. What the cluster then holds is told to the release by `reconcile`,
 * which looks at the read-back, never at this job's opinion of its own success.
 */
export const apply = (deps: LoopDeps): ((id: ReleaseId, cluster: ClusterName) => Promise<void>) => {
  // A fleet's clusters are written at the same time, and each asks several times.
  const shared = { ...deps, read: sharingReads(deps.unitOfWork) };
  return async (id, cluster) => {
    let compared: string | undefined;
    const written = new Written();
    for (let round = 0; round < maxRounds; round += 1) {
      // Asked anew each time: an abort may have come while this job wrote or waited.
      const target = await findTarget(shared, id, cluster);
      if (target === undefined) return;
      const step = nextStep(target, deps.clock.now(), compared);
      if (step.do === 'nothing') return finish(deps, target);
      if (step.do === 'stop') return stop(deps, target, step.because);
      if (step.do === 'compare') {
        // What is read from the database after the object was seen is at least as new as its writer knew.
        compared = step.resourceVersion;
        continue;
      }
      if (step.do === 'wait') {
        const left = step.until - deps.clock.now();
        if (left > longestPause) return later(deps, target, step.until);
        await deps.pause(duration(Math.max(0, left)));
        continue;
      }
      if (!(await carryOut(deps, target, step, written))) return;
    }
    await again(deps, { id, cluster }, retryAfter.conflict);
  };
};

/** Whether this job goes on. */
async function carryOut(
  deps: LoopDeps,
  target: Target,
  write: Write,
  written: Written,
): Promise<boolean> {
  if (written.isFought(target.rollout, write)) {
    await standBack(deps, target);
    return false;
  }
  const outcome = await perform(target.link, write);
  if (outcome.kind !== 'applied') return triesAgain(deps, target, outcome);
  written.add(target.rollout, write);
  return true;
}

function perform(link: ClusterLink, write: Write): Promise<ApplyOutcome> {
  switch (write.do) {
    case 'write': {
      const { resourceVersion } = write;
      return link.apply(write.object, resourceVersion === undefined ? {} : { resourceVersion });
    }
    case 'patch':
      return link.patch(write);
    case 'remove':
      return link.remove(write);
  }
}

/** The link says when its cluster changes; asking it in between is for news that went astray. */
const patience = ({ release, rollout, link }: Target): Duration => {
  if (release.phase === 'rollingBack') return retryAfter.unreachable;
  // Of what was changed by hand somebody has to say what to do.
  if (release.endedAt !== undefined || rollout.drifted !== undefined) return duration(60_000);
  return link.state().kind === 'ready' ? retryAfter.unreachable : duration(15_000);
};

/**
 * A release that is no longer the service's latest has nothing to write any more,
 * unless the later ones left this cluster out: one that was lost when traffic was
 * taken back, and that is no longer the service's, may still have the candidate.
 * Nobody brings a candidate forward in it any more: then it is `over`, and settled.
 */
async function standingOf(
  { releases }: Reads,
  { release, service }: Subject,
  cluster: ClusterName,
): Promise<'in charge' | 'replaced' | 'over'> {
  if (service.latestRelease === release.id) return 'in charge';
  const unsettled = await releases.unsettledOf(service.service);
  if (unsettled.get(cluster) !== release.id) return 'replaced';
  return isGoingBack(release.phase) ? 'in charge' : 'over';
}

async function findTarget(
  { unitOfWork, links, following, read }: LoopDeps & { readonly read: Run<Reads> },
  id: ReleaseId,
  cluster: ClusterName,
): Promise<Target | undefined> {
  const found = await read(async (stores) => {
    const subject = await loadSubject(stores, id, { lock: false });
    return subject && { ...subject, standing: await standingOf(stores, subject, cluster) };
  });
  const record = found?.clusters.find(({ name }) => name === cluster);
  const rollout = found?.release.rollouts.find((one) => one.cluster === cluster);
  if (found === undefined || record === undefined || rollout === undefined) return undefined;
  const { release, service, standing } = found;
  if (standing === 'over') {
    await unitOfWork.run((tx) => tx.releases.settle(id, cluster, rollout.desired.generation));
  }
  if (standing !== 'in charge') return undefined;
  const link = links.to(record);
  if (release.endedAt === undefined) following.start(id, service, [link]);
  return { release, rollout, service, link };
}

/**
 * Nobody looks at what a release that is over leaves in a cluster: before it is let go
 * for good, the API server is asked. A watch may be behind what another worker wrote,
 * and not tell of a subset of the candidate until everybody has gone.
 */
async function finish(deps: LoopDeps, target: Target): Promise<void> {
  const { release, rollout, service, link } = target;
  if (isFinal(release.phase)) {
    const outcome = await link.reread(service);
    if (outcome.kind !== 'reread') return giveUp(deps, target, outcome.reason);
    const isLeft = nextStep(target, deps.clock.now()).do !== 'nothing';
    if (isLeft) return again(deps, { id: release.id, cluster: rollout.cluster }, duration(0));
  }
  return settle(deps, target);
}

function settle({ unitOfWork, following }: LoopDeps, target: Target): Promise<void> {
  const { release, rollout, service, link } = target;
  const { id } = release;
  const isFollowed = following.releaseOf(service.host) !== undefined;
  if (release.endedAt !== undefined && !isFollowed) link.unfollow(service);
  const note = async (tx: Tx): Promise<void> => {
    await tx.releases.settle(id, rollout.cluster, rollout.desired.generation);
    await tx.jobs.enqueue({ kind: 'reconcile', release: id });
  };
  // Where it is forgotten so is the end of this job, which then finds it again.
  return unitOfWork.run(note, { mayBeForgotten: true });
}

/** What is left can wait: only subsets that nothing routes to any more. */
const later = (
  { unitOfWork, clock }: LoopDeps,
  { release: { id }, rollout: { cluster } }: Target,
  until: Instant,
): Promise<void> =>
  unitOfWork.run((tx) =>
    tx.jobs.enqueue({ kind: 'apply', release: id, cluster }, after(tx.now, until - clock.now())),
  );

/** For the log: what was, or was not, to be written. */
const aboutOf = ({ release, rollout: { cluster, desired } }: Target) => ({
  release: release.id,
  cluster,
  generation: desired.generation,
});

async function giveUp(
  deps: LoopDeps,
  target: Target,
  because: string,
  pause = patience(target),
): Promise<void> {
  const { release, rollout } = target;
  const { cluster } = rollout;
  deps.logger.warn(aboutOf(target), `did not write: ${because}`);
  await again(deps, { id: release.id, cluster }, pause);
}

/** What is left of a release that succeeded is tidying: where people have come between, it is theirs. */
function stop(deps: LoopDeps, target: Target, because: string): Promise<void> {
  const { release, rollout, service, link } = target;
  const live = link.state().kind === 'ready' ? link.routing(service) : undefined;
  const isTheirs =
    release.phase === 'succeeded' &&
    live !== undefined &&
    obstacle(desiredTraffic(release, rollout, service), live) !== undefined;
  return isTheirs ? settle(deps, target) : giveUp(deps, target, because);
}

async function standBack(deps: LoopDeps, target: Target): Promise<void> {
  const { release, rollout, service, link } = target;
  const live = link.routing(service);
  const drift = live && describeDrift(desiredTraffic(release, rollout, service), live);
  await noteFight(deps, target, drift ?? 'it is gone');
  const because = 'somebody changes it back as soon as it is written';
  return giveUp(deps, target, because, retryAfter.unreachable);
}

/** Whether this job tries again itself: in the queue it would wait for as long as idle slots wait for jobs. */
async function triesAgain(
  deps: LoopDeps,
  target: Target,
  outcome: Exclude<ApplyOutcome, { kind: 'applied' }>,
): Promise<boolean> {
  const { kind } = outcome;
  const reason = kind === 'conflict' ? 'somebody else wrote first' : outcome.reason;
  deps.logger.warn(aboutOf(target), `${kind}: ${reason}`);
  if (kind === 'conflict') {
    await deps.pause(retryAfter.conflict);
    return true;
  }
  if (kind === 'refused') await noteRefusal(deps, target, reason);
  const { release, rollout } = target;
  await again(deps, { id: release.id, cluster: rollout.cluster }, retryAfter[kind]);
  return false;
}

/** Queues this job again, and lets the release see what there is to see until then. */
const again = (
  { unitOfWork }: LoopDeps,
  { id, cluster }: { readonly id: ReleaseId; readonly cluster: ClusterName },
  pause: Duration,
): Promise<void> =>
  unitOfWork.run(async (tx) => {
    await tx.jobs.enqueue({ kind: 'apply', release: id, cluster }, after(tx.now, pause));
    await tx.jobs.enqueue({ kind: 'reconcile', release: id });
  });
