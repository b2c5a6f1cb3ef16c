import { isInForce, nextWrite, type LiveRouting, type Write } from '@spillway/domain-istio';
import {
  advance,
  describeStep,
  isFinal,
  type ClusterSeen,
  type Observation,
  type Plan,
  type Release,
  type Step,
} from '@spillway/domain-release';
import { InvariantBroken, duration, type ClusterName, type Instant } from '@spillway/kernel';
import { desiredTraffic } from '../loop/desired-traffic.js';
import type { ServiceRecord } from '../port/service-store.js';
import { afterWrite, objectsOf, type WrittenObject } from './after-write.js';

/** A write that the release will make if all goes well. */
export interface RehearsedWrite extends WrittenObject {
  readonly cluster: ClusterName;
  /** When in the release, in words: `step 2 of 5, wave 1: set 10 %`. */
  readonly when: string;
  readonly write: Write;
}

export interface Rehearsal {
  readonly writes: readonly RehearsedWrite[];
  /** Where the release would be held at once, by cluster: somebody else's routing, or one that cannot say what is wanted. */
  readonly stops: ReadonlyMap<ClusterName, string>;
}

/** More writes for one cluster at one moment than make-before-break ever needs. */
const mostWrites = 10;

/**
 * Goes through the whole release against the routing that clusters have now, as
 * if every cluster answered and every metric passed. It is the real engine: the
 * same `advance` decides and the same `nextWrite` writes, so what a rehearsal
 * says is what will be written, as long as nobody else writes in between.
 */
export function rehearse(
  begun: Release,
  service: ServiceRecord,
  live: ReadonlyMap<ClusterName, LiveRouting>,
  now: Instant,
): Rehearsal {
  const stage = new Stage({ ...begun, plan: withoutWaiting(begun.plan) }, begun.plan, service, {
    live: new Map(live),
    now,
  });
  stage.play();
  return { writes: stage.writes, stops: stage.stops };
}

/**
 * Steps that change no traffic take no time here, and keep their places; proxies are not asked,
 * clusters that nobody saw are left out, and somebody lets it go beyond its limits.
 */
function withoutWaiting(plan: Plan): Plan {
  const { bakeAfterPromotion: _baked, verify: _no, limits: _beyond, ...rest } = plan;
  const steps = plan.steps.map((step): Step => {
    const isWaiting = ['bake', 'pause', 'analyze', 'gate'].includes(step.kind);
    return isWaiting ? { kind: 'bake', length: duration(0), metrics: [], wave: step.wave } : step;
  });
  return { ...rest, steps, maxUnavailableClusters: plan.waves.flat().length };
}

class Stage {
  readonly writes: RehearsedWrite[] = [];
  readonly stops = new Map<ClusterName, string>();
  private now: Instant;
  private readonly live: Map<ClusterName, LiveRouting>;

  constructor(
    private release: Release,
    private readonly original: Plan,
    private readonly service: ServiceRecord,
    start: { readonly live: Map<ClusterName, LiveRouting>; readonly now: Instant },
  ) {
    this.live = start.live;
    this.now = start.now;
  }

  play(): void {
    let before: Release | undefined;
    while (before?.revision !== this.release.revision) {
      before = this.release;
      this.release = advance(before, this.look(), () => never(), this.now).release;
      for (const { cluster } of this.release.rollouts) this.writeTo(cluster);
      if (isFinal(this.release.phase) || this.stops.size > 0) return;
    }
  }

  /** Every cluster that was seen answers, and has pods of both versions. */
  private look(): Observation {
    const clusters = new Map<ClusterName, ClusterSeen>(
      this.original.waves.flat().map((cluster) => [cluster, unseen(this.now)]),
    );
    for (const [cluster, live] of this.live) {
      const inForce = this.inForce(cluster, live);
      clusters.set(cluster, {
        kind: 'reachable',
        candidateEndpoints: 1,
        stableEndpoints: 1,
        ...(inForce === undefined ? {} : { inForce }),
      });
    }
    return { clusters, measurements: [] };
  }

  private inForce(cluster: ClusterName, live: LiveRouting) {
    const rollout = this.release.rollouts.find((one) => one.cluster === cluster);
    if (rollout === undefined) return undefined;
    const wanted = desiredTraffic(this.release, rollout, this.service);
    return isInForce(wanted, live) ? wanted.generation : undefined;
  }

  private writeTo(cluster: ClusterName): void {
    const rollout = this.release.rollouts.find((one) => one.cluster === cluster);
    if (rollout === undefined) return;
    const wanted = desiredTraffic(this.release, rollout, this.service);
    for (let round = 0; round < mostWrites; round += 1) {
      const live = this.live.get(cluster);
      if (live === undefined) return;
      const next = nextWrite(wanted, live, this.now);
      if (next.do === 'nothing') return;
      if (next.do === 'stop' || next.do === 'compare') {
        this.stops.set(cluster, next.because);
        return;
      }
      if (next.do === 'wait') {
        this.now = next.until;
        continue;
      }
      this.writes.push({ cluster, when: this.when(), write: next, ...objectsOf(next, live) });
      this.live.set(cluster, afterWrite(next, live, this.now));
    }
    throw new InvariantBroken(`the routing of ${cluster} does not come to rest`);
  }

  private when(): string {
    const { phase, cursor } = this.release;
    if (phase === 'preparing') return 'preparation';
    if (isFinal(phase)) return 'after the release';
    const step = this.original.steps[cursor.index];
    if (step === undefined) return 'promotion';
    const { length } = this.original.steps;
    return `step ${cursor.index + 1} of ${length}, wave ${step.wave + 1}: ${describeStep(step)}`;
  }
}

const unseen = (since: Instant): ClusterSeen => ({
  kind: 'unreachable',
  since,
  reason: 'not seen',
});

const never = (): never => {
  throw new InvariantBroken('a rehearsal measures nothing');
};
