import {
  advance,
  doubtEnds,
  isFinal,
  type Advance,
  type HookAnswer,
  type Release,
  type Observation,
  type ReleaseEvent,
  type Rollout,
} from '@spillway/domain-release';
import { after, earliest, type ReleaseId } from '@spillway/kernel';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { Tx } from '../port/unit-of-work.js';
import type { LoopDeps } from './deps.js';
import { reviewAccessLog } from './access-log.js';
import { queueAsked, queueTold } from './hook/queue-hooks.js';
import { beginQueued, wakeQueued } from './begin-queued.js';
import { observe } from './observe.js';
import { observeGates } from './observe-gates.js';
import { queueMeasurements } from './queue-measurements.js';
import { quietly } from './quietly.js';
import { samplingOf } from './sampling.js';
import { linksTo, loadSubject } from './subject.js';
import { isUnverified } from './verify.js';
import { saveRelease } from './announce.js';

/**
 * A running release is looked at this often though nothing was heard: news may
 * have gone to a worker that died. Costs one read of the database, no call. Longer than
 * the ten seconds after which many are measured again, which wakes them anyway.
 */
const safetyNet = 12_000;

/** When to look again at a cluster that has not read back what it was told. */
const lookAgain = 1_000;

/**
 * Observe, decide, record. Touches the database only, so nothing that is slow or
 * down can stand between a release and its rollback; what is to be done outside
 * is queued in the same transaction. Safe to repeat at any moment.
 */
export const reconcile = (deps: LoopDeps): ((id: ReleaseId) => Promise<void>) => {
  const look = quietly(deps.unitOfWork);
  return (id) => look((tx, mayRecord) => lookAt(id, deps, tx, mayRecord));
};

async function lookAt(
  id: ReleaseId,
  { links, following, judge }: LoopDeps,
  tx: Tx,
  mayRecord: boolean,
): Promise<boolean> {
  const subject = await loadSubject(tx, id, { lock: mayRecord });
  if (subject === undefined || isFinal(subject.release.phase)) return true;
  const { release, service, clusters } = subject;
  if (release.phase === 'queued') {
    if (mayRecord) await beginQueued(tx, release);
    return mayRecord;
  }
  const measurements = await tx.measurements.ofStep(id, release.cursor.index);
  const seenThrough = linksTo(clusters, links);
  following.start(id, service, seenThrough.values());

  const seen = observe(release, service, seenThrough, measurements, samplingOf(clusters));
  const hookAnswers = await answersOf(tx, release);
  const gates = await observeGates(tx, release, clusters);
  const outcome = advance(release, { ...seen, hookAnswers, ...gates }, judge, tx.now);
  if (outcome.events.length > 0 && !mayRecord) return false;
  await record(tx, outcome);
  await wakeLater(tx, outcome, seen);
  await queueMeasurements(tx, { release: outcome.release, clusters }, measurements, following);
  await queueLooks(tx, outcome, clusters);
  await queueAsked(tx, outcome, hookAnswers);
  if (isFinal(outcome.release.phase)) following.stop(id);
  return true;
}

const answersOf = async (tx: Tx, { id, plan }: Release): Promise<readonly HookAnswer[]> =>
  plan.hooks === undefined ? [] : tx.hookCalls.answers(id);

/** State, events and the work that follows from them: all of it, or none. */
export async function record(
  tx: Tx,
  { release, events }: Pick<Advance, 'release' | 'events'>,
): Promise<void> {
  if (events.length === 0) return;
  await saveRelease(tx, release, events);
  if (changesService(release, events))
    await tx.services.advance(release.service, outcomeOf(release));
  await queueWrites(tx, release, events);
  await queueTold(tx, release);
  if (changesLogging(release, events)) {
    const service = await tx.services.get(release.service);
    if (service !== undefined) await reviewAccessLog(tx, service, clustersOf(release));
  }
  if (isFinal(release.phase)) await wakeQueued(tx, release.service);
}

const clustersOf = ({ plan }: Release) => plan.waves.flat();

/** A log that is on for a release is on from its preparation to its end. */
const changesLogging = ({ phase }: Release, events: readonly ReleaseEvent[]): boolean =>
  isFinal(phase) || events.some(({ type }) => type === 'preparationStarted');

/**
 * From its preparation on, the service's routing is this release's business, and
 * what an earlier one still had to write is not any more. A release that was
 * cancelled before leaves the earlier one in charge.
 */
const changesService = ({ phase, rollouts }: Release, events: readonly ReleaseEvent[]): boolean =>
  events.some(({ type }) => type === 'preparationStarted') ||
  phase === 'succeeded' ||
  phase === 'rolledBack' ||
  (phase === 'superseded' && rollouts.length > 0);

const outcomeOf = (release: Release) => ({
  generation: release.generation,
  latestRelease: release.id,
  stable: release.phase === 'succeeded' ? release.candidate : release.stable,
});

/** Clusters whose wanted routing is another one after these events. */
async function queueWrites(
  tx: Tx,
  release: Release,
  events: readonly ReleaseEvent[],
): Promise<void> {
  const all = isFinal(release.phase);
  const named = new Set(events.flatMap(clustersToWrite));
  for (const { cluster } of release.rollouts) {
    if (all || named.has(cluster)) {
      await tx.jobs.enqueue({ kind: 'apply', release: release.id, cluster });
    }
  }
}

const clustersToWrite = (event: ReleaseEvent) => {
  if ('traffic' in event) return event.traffic.clusters.map(({ cluster }) => cluster);
  // With a detail, the service wants to be asked first.
  return event.type === 'driftFound' && event.detail === undefined ? [event.cluster] : [];
};

async function wakeLater(tx: Tx, { release, wait }: Advance, seen: Observation): Promise<void> {
  if (isFinal(release.phase)) return;
  for (const { cluster } of release.rollouts.filter((rollout) => isStuck(release, rollout, seen))) {
    await tx.jobs.enqueue(
      { kind: 'apply', release: release.id, cluster },
      after(tx.now, lookAgain),
    );
  }
  const net = after(tx.now, safetyNet);
  await tx.jobs.enqueue(
    { kind: 'reconcile', release: release.id },
    earliest([wait.wakeUp, doubtEnds(release, seen, tx.now), net]),
  );
}

/**
 * A write that was done may be undone before anybody saw it: then nothing is news
 * and nothing would be written again. What cannot be written now has its own way back.
 */
function isStuck(
  { phase }: Release,
  { cluster, applied, refused, drifted }: Rollout,
  { clusters }: Observation,
): boolean {
  const state = clusters.get(cluster);
  if (applied !== undefined || refused !== undefined) return false;
  if (phase === 'rollingBack') return true;
  if (drifted !== undefined) return false;
  return state?.kind === 'reachable' && state.foreign === undefined;
}

/**
 * Proxies are asked as soon as their API server has read back. Those of whom nothing
 * is known later than that have a job in the queue; one that was lost, or a cluster
 * that can be asked only now, is found here.
 */
async function queueLooks(
  tx: Tx,
  { release, events }: Advance,
  clusters: readonly ClusterRecord[],
): Promise<void> {
  if (isFinal(release.phase)) return;
  const news = new Set(
    events.flatMap((event) => (event.type === 'trafficApplied' ? [event.cluster] : [])),
  );
  const askable = new Set(clusters.flatMap(({ name, proxies }) => (proxies ? [name] : [])));
  for (const rollout of release.rollouts.filter(isUnverified)) {
    const { cluster } = rollout;
    if (!askable.has(cluster)) continue;
    const at = news.has(cluster) ? tx.now : after(tx.now, safetyNet);
    await tx.jobs.enqueue({ kind: 'verify', release: release.id, cluster }, at);
  }
}
