import { clustersFrozen, isInForce, nextChange } from '@spillway/domain-freeze';
import { gatesOf, type GateState, type PlannedGate, type Release } from '@spillway/domain-release';
import type { ClusterName, Instant } from '@spillway/kernel';
import { planDigest } from '../gate/plan-digest.js';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { Tx } from '../port/unit-of-work.js';

/** A gate that the release will come to. */
export interface GateAhead extends PlannedGate {
  /** Of one that is opened by hand: as it is now. */
  readonly state?: GateState;
}

/** A freeze window that concerns the release. */
export interface FreezeAhead {
  readonly window: string;
  readonly clusters: readonly ClusterName[];
  /** Whether it would hold the release now. */
  readonly isInForce: boolean;
  /** When it ends, or begins next; absent: never. */
  readonly changesAt?: Instant;
  readonly because: string;
}

/** What would hold a release though all goes well. */
export interface GatesAhead {
  /** What approvals will be bound to. */
  readonly digest: string;
  readonly gates: readonly GateAhead[];
  readonly freezes: readonly FreezeAhead[];
}

export async function lookAtGates(
  tx: Tx,
  { service, plan }: Release,
  clusters: readonly ClusterRecord[],
): Promise<GatesAhead> {
  const known = new Map((await tx.gates.ofService(service)).map((one) => [one.gate, one.state]));
  const gates = gatesOf(plan).map((planned): GateAhead => {
    if (!('manual' in planned.rule)) return planned;
    return { ...planned, state: known.get(planned.gate) ?? planned.rule.manual };
  });
  const windows = await tx.freezeWindows.all();
  const freezes = windows.flatMap((window): readonly FreezeAhead[] => {
    const where = clustersFrozen(window, service, clusters);
    if (where.length === 0) return [];
    const changesAt = nextChange(window.times, tx.now);
    const isNow = isInForce(window.times, tx.now);
    // A window that is over says nothing of what is to come.
    if (!isNow && changesAt === undefined) return [];
    const { name, because } = window;
    const change = changesAt === undefined ? {} : { changesAt };
    return [{ window: name, clusters: where, isInForce: isNow, because, ...change }];
  });
  return { digest: planDigest(plan), gates, freezes };
}
