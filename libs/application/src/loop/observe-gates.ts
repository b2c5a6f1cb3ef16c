import {
  clustersFrozen,
  isInForce,
  isTimeZone,
  nextChange,
  type FreezeWindow,
} from '@spillway/domain-freeze';
import { gatesOf, type Freeze, type Observation, type Release } from '@spillway/domain-release';
import type { Instant } from '@spillway/kernel';
import { planDigest } from '../gate/plan-digest.js';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { Tx } from '../port/unit-of-work.js';

/**
 * What gates and freeze windows say to a release now. Nothing is read for one that goes back: nobody
 * is asked whether it may.
 */
export async function observeGates(
  tx: Tx,
  release: Release,
  clusters: readonly ClusterRecord[],
): Promise<Pick<Observation, 'freezes' | 'gates'>> {
  if (release.phase === 'rollingBack') return {};
  const windows = await tx.freezeWindows.all();
  const freezes = freezesNow(windows, release, clusters, tx.now);
  return { freezes, ...(await gatesNow(tx, release)) };
}

async function gatesNow(tx: Tx, release: Release): Promise<Pick<Observation, 'gates'>> {
  const { plan, service } = release;
  if (gatesOf(plan).length === 0 && plan.rollbackGate === undefined) return {};
  const known = await tx.gates.ofService(service);
  const manual = new Map(known.map(({ gate, state }) => [gate, state]));
  return { gates: { plan: planDigest(plan), manual } };
}

/** The windows that are in force now where the release is. */
export const freezesNow = (
  windows: readonly FreezeWindow[],
  { service }: Pick<Release, 'service'>,
  clusters: readonly ClusterRecord[],
  now: Instant,
): readonly Freeze[] =>
  windows.flatMap((window) => {
    const where = clustersFrozen(window, service, clusters);
    if (where.length === 0) return [];
    const { name, because, times } = window;
    // A worker that is older than the name of a zone freezes rather than fail: rollbacks need it.
    if (times.kind === 'weekly' && !isTimeZone(times.timeZone)) {
      const detail = `this worker does not know the time zone ${times.timeZone}`;
      return [{ window: name, clusters: where, because: detail }];
    }
    if (!isInForce(times, now)) return [];
    const until = nextChange(times, now);
    return [{ window: name, clusters: where, because, ...(until === undefined ? {} : { until }) }];
  });
