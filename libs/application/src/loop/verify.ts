import { evolve, isFinal, loopActor, type Release, type Rollout } from '@spillway/domain-release';
import { after, duration, type ClusterName, type Duration, type ReleaseId } from '@spillway/kernel';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { ProxyAnswer } from '../port/proxy-fleet.js';
import type { Reads, Tx } from '../port/unit-of-work.js';
import type { LoopDeps } from './deps.js';
import { queueTold } from './hook/queue-hooks.js';
import { desiredTraffic } from './desired-traffic.js';
import { sharingReads } from './quietly.js';
import { loadSubject } from './subject.js';
import { traceOf, type Trace } from './trace.js';
import { saveRelease } from './announce.js';

/** From the read-back on: after so long, look again that much later. istiod alone takes 100 ms. */
const pauses = [
  { until: 10_000, pause: duration(300) },
  { until: 60_000, pause: duration(1_000) },
  { until: Infinity, pause: duration(5_000) },
] as const;

/** Somebody who waits for it wants to know who is behind. */
const delayedAfter = 10_000;

/** More names than this nobody reads. */
const named = 5;

type Applied = Rollout & { readonly applied: Exclude<Rollout['applied'], undefined> };

interface Target {
  readonly record: ClusterRecord;
  readonly rollout: Applied;
  readonly trace: Trace;
}

/**
 * Asks the proxies of one cluster whether they have what its API server read back,
 * until they have, or until something else is wanted there. Waits for nothing but
 * them, and asks the API server nothing.
 */
export const verify = (
  deps: LoopDeps,
): ((id: ReleaseId, cluster: ClusterName) => Promise<void>) => {
  const read = sharingReads(deps.unitOfWork);
  return async (id, cluster) => {
    const target = await read((stores) => findTarget(stores, id, cluster));
    if (target === undefined) return;
    const answer = await ask(deps, target);
    await deps.unitOfWork.run((tx) => conclude(tx, { id, target, answer }));
  };
};

const ask = ({ proxies }: LoopDeps, { record, trace }: Target): Promise<ProxyAnswer> =>
  trace.kind === 'named'
    ? proxies.to(record).look(trace)
    : Promise.resolve({ kind: 'unknown', reason: trace.because });

async function findTarget(
  stores: Reads,
  id: ReleaseId,
  cluster: ClusterName,
): Promise<Target | undefined> {
  const subject = await loadSubject(stores, id, { lock: false });
  const record = subject?.clusters.find(({ name }) => name === cluster);
  if (subject === undefined || record?.proxies === undefined) return undefined;
  const { release, service } = subject;
  const rollout = release.rollouts.find((one) => one.cluster === cluster);
  if (isFinal(release.phase) || rollout === undefined || !isUnverified(rollout)) return undefined;
  return { record, rollout, trace: traceOf(desiredTraffic(release, rollout, service)) };
}

/** Read back, and not yet known to be in the proxies. */
export const isUnverified = (rollout: Rollout): rollout is Applied =>
  rollout.applied !== undefined && rollout.distributed === undefined;

interface Outcome {
  readonly id: ReleaseId;
  readonly target: Target;
  readonly answer: ProxyAnswer;
}

/** What was seen is of one read-back: a later one, or drift, begins anew. */
async function conclude(tx: Tx, { id, target, answer }: Outcome): Promise<void> {
  const { cluster, applied } = target.rollout;
  const release = await tx.releases.lock(id);
  const rollout = release?.rollouts.find((one) => one.cluster === cluster);
  if (release === undefined || isFinal(release.phase)) return;
  if (rollout?.applied?.at !== applied.at || !isUnverified(rollout)) return;

  const fact = factOf(rollout, answer, tx.now);
  if (fact !== undefined) {
    const event = {
      ...fact,
      cluster,
      generation: applied.generation,
      actor: loopActor,
      at: tx.now,
    };
    await saveRelease(tx, evolve(release, event), [event]);
    await queueTold(tx, release);
    await tx.jobs.enqueue({ kind: 'reconcile', release: id });
  }
  if (answer.kind !== 'everywhere') await lookAgain(tx, release, rollout);
}

function factOf({ cluster, applied, delayed }: Applied, answer: ProxyAnswer, now: number) {
  const { generation } = applied;
  if (answer.kind === 'everywhere') {
    const { proxies } = answer;
    const because = `${proxies} of ${proxies} proxies in ${cluster} have generation ${generation}`;
    return { type: 'trafficDistributed', proxies, because } as const;
  }
  if (delayed !== undefined || now - applied.at < delayedAfter) return undefined;
  const detail = sentence(cluster, answer);
  return { type: 'trafficDelayed', detail, because: detail } as const;
}

function sentence(
  cluster: ClusterName,
  answer: Exclude<ProxyAnswer, { kind: 'everywhere' }>,
): string {
  if (answer.kind === 'unknown')
    return `nobody can say what the proxies of ${cluster} have: ${answer.reason}`;
  const { behind } = answer;
  const more = behind.length > named ? ` and ${behind.length - named} more` : '';
  return `in ${cluster} these are behind: ${behind.slice(0, named).join(', ')}${more}`;
}

const lookAgain = (tx: Tx, { id }: Release, { cluster, applied }: Applied): Promise<void> =>
  tx.jobs.enqueue(
    { kind: 'verify', release: id, cluster },
    after(tx.now, pauseAfter(tx.now - applied.at)),
  );

const pauseAfter = (elapsed: number): Duration =>
  (pauses.find(({ until }) => elapsed < until) ?? pauses[2]).pause;
