import {
  fitsSplit,
  type Measurement,
  type Reading,
  type SplitFit,
} from '@spillway/domain-analysis';
import { evolve, isFinal, loopActor, type Release, type Rollout } from '@spillway/domain-release';
import {
  formatPercent,
  type ClusterName,
  type Generation,
  type Instant,
  type ReleaseId,
} from '@spillway/kernel';
import type { Logger } from '../port/logger.js';
import type { Tx } from '../port/unit-of-work.js';
import { queueTold } from './hook/queue-hooks.js';
import { saveRelease } from './announce.js';

interface Split {
  readonly generation: Generation;
  readonly fit: SplitFit;
  /** `412 of 4012 requests (10.27 %) went to v2; programmed: 10 %`. */
  readonly detail: string;
}

/**
 * Notes once for a generation and cluster that counted requests are split as it says. One that
 * differs is only logged: whether it speaks against the release is the judge's to say.
 * False where there is something to note and it may not be recorded.
 */
export async function noteSplits(
  tx: Tx,
  logger: Logger,
  id: ReleaseId,
  counted: ReadonlyMap<ClusterName, readonly Measurement[]>,
  mayRecord: boolean,
): Promise<boolean> {
  // Looked at without a lock first: most measurements bring nothing new.
  const found = splitsIn(await tx.releases.get(id), counted);
  for (const [cluster, { fit, generation, detail }] of found) {
    if (fit !== 'differs') continue;
    const about = { release: id, cluster, generation };
    logger.warn(about, `requests are not split as programmed: ${detail}`);
  }
  if (![...found.values()].some(isAsProgrammed)) return true;
  if (!mayRecord) return false;
  const release = await tx.releases.lock(id);
  if (release === undefined) return true;
  const events = [...splitsIn(release, counted)]
    .filter(([, split]) => isAsProgrammed(split))
    .map(([cluster, split]) => observedEvent(cluster, split, tx.now));
  if (events.length === 0) return true;
  await saveRelease(tx, events.reduce<Release>(evolve, release), events);
  await queueTold(tx, release);
  return true;
}

const isAsProgrammed = ({ fit }: Split): boolean => fit === 'fits';

const observedEvent = (cluster: ClusterName, { generation, detail }: Split, at: Instant) =>
  ({
    type: 'trafficObserved',
    cluster,
    generation,
    detail,
    because: `${cluster} splits requests as generation ${generation} says: ${detail}`,
    actor: loopActor,
    at,
  }) as const;

function splitsIn(
  release: Release | undefined,
  counted: ReadonlyMap<ClusterName, readonly Measurement[]>,
): ReadonlyMap<ClusterName, Split> {
  const found = new Map<ClusterName, Split>();
  for (const [cluster, measurements] of counted) {
    const split = splitIn(release, cluster, measurements);
    if (split !== undefined) found.set(cluster, split);
  }
  return found;
}

/** Of the first measurement that counted requests of both versions in the time of the present routing. */
function splitIn(
  release: Release | undefined,
  cluster: ClusterName,
  measurements: readonly Measurement[],
): Split | undefined {
  if (release === undefined || isFinal(release.phase)) return undefined;
  const rollout = release.rollouts.find((one) => one.cluster === cluster);
  if (rollout?.applied === undefined || rollout.observed !== undefined) return undefined;
  if (!isByWeightAlone(release, rollout)) return undefined;
  const since = rollout.applied.at;
  const [first] = measurements.flatMap((one) => (one.from < since ? [] : countsIn(one.reading)));
  return first && splitOf(release, rollout, first);
}

interface Counts {
  readonly candidate: number;
  readonly stable: number;
}

function countsIn(reading: Reading): readonly Counts[] {
  if (reading.kind !== 'value') return [];
  const candidate = reading.candidate.requests;
  const stable = reading.stable?.requests;
  return candidate === undefined || stable === undefined ? [] : [{ candidate, stable }];
}

/** Match routes, copies and cookies give the candidate requests beside its weight. */
const isByWeightAlone = ({ plan }: Release, { desired }: Rollout): boolean =>
  plan.sticky === undefined && (desired.routes ?? []).length === 0 && desired.mirror === undefined;

function splitOf(
  { candidate: version }: Release,
  { desired: { weight, generation } }: Rollout,
  { candidate, stable }: Counts,
): Split {
  const total = candidate + stable;
  const share = total === 0 ? 0 : (100 * candidate) / total;
  const detail =
    `${candidate} of ${total} requests (${share.toFixed(2)} %) went to ${version}; ` +
    `programmed: ${formatPercent(weight)}`;
  return { generation, fit: fitsSplit(weight, candidate, stable), detail };
}
