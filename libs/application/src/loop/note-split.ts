import {
  fitsSplit,
  type Measurement,
  type Reading,
  type SplitFit,
} from '@spillway/domain-analysis';
import { evolve, isFinal, loopActor, type Release, type Rollout } from '@spillway/domain-release';
import { formatPercent, type ClusterName, type Generation, type ReleaseId } from '@spillway/kernel';
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
 * Notes once for a generation that counted requests are split as it says. One that
 * differs is only logged: whether it speaks against the release is the judge's to say.
 * False where there is something to note and it may not be recorded.
 */
export async function noteSplit(
  tx: Tx,
  logger: Logger,
  id: ReleaseId,
  {
    cluster,
    measurements,
  }: { readonly cluster: ClusterName; readonly measurements: readonly Measurement[] },
  mayRecord: boolean,
): Promise<boolean> {
  // Looked at without a lock first: most measurements bring nothing new.
  const found = splitIn(await tx.releases.get(id), cluster, measurements);
  if (found?.fit === 'differs') {
    const about = { release: id, cluster, generation: found.generation };
    logger.warn(about, `requests are not split as programmed: ${found.detail}`);
  }
  if (found?.fit !== 'fits') return true;
  if (!mayRecord) return false;
  const release = await tx.releases.lock(id);
  const split = splitIn(release, cluster, measurements);
  if (release === undefined || split?.fit !== 'fits') return true;
  const { generation, detail } = split;
  const event = {
    type: 'trafficObserved',
    cluster,
    generation,
    detail,
    because: `${cluster} splits requests as generation ${generation} says: ${detail}`,
    actor: loopActor,
    at: tx.now,
  } as const;
  await saveRelease(tx, evolve(release, event), [event]);
  await queueTold(tx, release);
  return true;
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
