import { promptSampling, type Measurement, type Sampling } from '@spillway/domain-analysis';
import type { Exposure } from '@spillway/domain-traffic';
import {
  EVERYTHING,
  NOTHING,
  after,
  instant,
  type ClusterName,
  type Generation,
  type Instant,
  type ReleaseId,
} from '@spillway/kernel';
import { advance, type Advance } from '../advance.js';
import { schedule } from '../analysis.js';
import { changeStrategy } from '../command/change-strategy.js';
import { obey } from '../command/obey.js';
import type { Order } from '../command/order.js';
import { possibilityOf } from '../command/possibility.js';
import { supersede } from '../command/supersede.js';
import type { ReleaseEvent, ReleaseFact } from '../event.js';
import { begin, evolve } from '../evolve.js';
import type { ClusterSeen, Observation } from '../observation.js';
import type { Plan } from '../plan.js';
import type { Release, Rollout } from '../release.js';
import { aCreatedEvent } from './a-release-event.js';
import { aMoment, aRelease } from './a-release.js';
import { History } from './history.js';
import { judgingOnce } from './judging-once.js';
import { ModelGates } from './model-gates.js';
import { passing, type Counting } from './model-readings.js';

interface ModelCluster {
  link: 'reachable' | 'unreachable' | 'connecting';
  /** The generation whose routing it holds; absent after somebody changed it. */
  holds?: Generation | undefined;
  /** What the candidate sees by a VirtualService of ours; absent when there is none. */
  route?: Exposure | undefined;
  candidateEndpoints: number | undefined;
  stableEndpoints: number | undefined;
  isForeign: boolean;
  /** Something of the release was written here at some time. */
  isWritten: boolean;
  refusesWrites: boolean;
}

/** A release among clusters that are nothing but their state. Every event is checked as it happens. */
export class ModelWorld {
  now: Instant = aMoment;
  reading: Counting = passing;
  release: Release;
  wait: Advance['wait'] = { kind: 'wait', because: 'nothing was looked at' };
  readonly history: History;
  readonly judge = judgingOnce();
  readonly gates = new ModelGates();
  readonly clusters = new Map<ClusterName, ModelCluster>();
  private measurements: { readonly step: number; readonly measurement: Measurement }[] = [];

  /** `sampling`: how metrics come about in every cluster. */
  constructor(
    plan: Plan,
    private readonly sampling: Sampling = promptSampling,
  ) {
    const created = aCreatedEvent(aRelease({ plan }));
    if (created.type !== 'created') throw new Error('not the first event');
    this.release = begin(created);
    this.history = new History(created);
    for (const cluster of plan.waves.flat()) this.clusters.set(cluster, healthy());
  }

  /** One look and everything that follows from it. */
  reconcile(): void {
    const seen = this.look();
    const { events, release, wait } = advance(this.release, seen, this.judge, this.now);
    for (const event of events) this.note(event, seen);
    this.wait = wait;
    this.history.mustBe(release);
  }

  /** `false`: the release refused. */
  command(order: Order): boolean {
    const lost = [...this.clusters].filter(([, { link }]) => link === 'unreachable');
    const fact = obey(this.release, order, new Set(lost.map(([name]) => name)));
    if (!fact.ok) return false;
    if (fact.value !== 'already') this.tell(fact.value, order.verb);
    return true;
  }

  /** Another plan for the same clusters. */
  changeStrategy(plan: Plan): void {
    const { release } = this;
    if (possibilityOf(release, 'changeStrategy') !== 'possible') return;
    const { name, version } = release.strategy;
    this.tell(changeStrategy(release, { name, version: version + 1 }, plan), 'changeStrategy');
  }

  /** Another release is to take its place. */
  supersede(by: ReleaseId): void {
    const fact = supersede(this.release, by);
    if (fact !== undefined) this.tell(fact, 'supersede');
  }

  /** What somebody says of gates and windows. */
  say(by: string, what: string, facts: readonly ReleaseFact[]): void {
    for (const fact of facts) this.tell(fact, what, by);
  }

  private tell(fact: ReleaseFact, what: string, actor = 'anna'): void {
    this.note({ ...fact, because: `${actor}: ${what}`, actor, at: this.now });
  }

  /** What a worker's write to a cluster leads to. */
  write(cluster: ClusterName): void {
    const place = this.place(cluster);
    const rollout = this.release.rollouts.find((one) => one.cluster === cluster);
    if (rollout === undefined || place.link !== 'reachable' || this.isHindered(place)) return;
    const { generation, ...exposure } = rollout.desired;
    const isDoubtful = rollout.drifted !== undefined || raisesEmpty(place, exposure);
    if (isDoubtful && this.release.phase !== 'rollingBack') return;
    if (this.isUntouched(place)) return;
    if (place.refusesWrites) this.refuse(rollout);
    else Object.assign(place, { holds: generation, route: exposure, isWritten: true });
  }

  private refuse({ cluster, desired: { generation }, refused }: Rollout): void {
    if (refused !== undefined || this.release.endedAt !== undefined) return;
    this.note({
      type: 'writeRefused',
      cluster,
      generation,
      detail: 'quota',
      because: `${cluster} refused`,
      actor: 'spillway',
      at: this.now,
    });
  }

  /** Makes every measurement that is due. */
  measure(): void {
    const step = this.release.cursor.index;
    for (let rounds = 0; rounds < 20; rounds += 1) {
      const slots = schedule(this.release, this.madeIn(step), this.samplings);
      const due = slots.filter(({ askAt }) => askAt <= this.now);
      if (due.length === 0) return;
      for (const { spec, cluster, at, ordinal } of due) {
        const from = instant(at - spec.window);
        const desired = this.release.rollouts.find((one) => one.cluster === cluster)?.desired;
        const reading = this.reading((desired?.weight ?? NOTHING) / EVERYTHING);
        const measurement = { metric: spec.name, cluster, ordinal, from, to: at, reading };
        this.measurements.push({ step, measurement });
      }
    }
  }

  pass(ms: number): void {
    this.now = after(this.now, ms);
  }

  /** Everything but what others claim. */
  heal(): void {
    this.reading = passing;
    for (const place of this.clusters.values()) {
      const { holds, route, isForeign, isWritten } = place;
      Object.assign(place, { ...healthy(), holds, route, isForeign, isWritten });
    }
  }

  /** People undo what they did to routing that the service does not want written over. */
  restore(): void {
    for (const { cluster, desired, drifted } of this.release.rollouts) {
      const { generation, ...exposure } = desired;
      if (drifted === undefined) continue;
      Object.assign(this.place(cluster), { holds: generation, route: exposure });
    }
  }

  /** Nobody else claims a host any more. */
  clear(): void {
    for (const place of this.clusters.values()) place.isForeign = false;
  }

  change(cluster: ClusterName, to: Partial<ModelCluster>): void {
    Object.assign(this.place(cluster), to);
  }

  private place(cluster: ClusterName): ModelCluster {
    const place = this.clusters.get(cluster);
    if (place === undefined) throw new Error(`no cluster ${cluster}`);
    return place;
  }

  readonly look = (): Observation => {
    const clusters = new Map(
      [...this.clusters].map(([name, place]) => [name, this.seen(name, place)]),
    );
    const measurements = this.madeIn(this.release.cursor.index);
    const said = this.gates.seen(this.release);
    return { clusters, measurements, sampling: this.samplings, isSplitByUs: true, ...said };
  };

  private get samplings(): ReadonlyMap<ClusterName, Sampling> {
    return new Map([...this.clusters.keys()].map((name) => [name, this.sampling]));
  }

  private madeIn(step: number): readonly Measurement[] {
    return this.measurements.filter((one) => one.step === step).map((one) => one.measurement);
  }

  private seen(name: ClusterName, place: ModelCluster): ClusterSeen {
    if (place.link === 'connecting') return { kind: 'connecting' };
    if (place.link === 'unreachable') {
      return { kind: 'unreachable', since: aMoment, reason: 'connection refused' };
    }
    const desired = this.release.rollouts.find(({ cluster }) => cluster === name)?.desired;
    const isForeign = this.isHindered(place);
    const isUntouched = this.isUntouched(place);
    const isInForce = isUntouched || (desired?.generation === place.holds && !isForeign);
    return {
      kind: 'reachable',
      candidateEndpoints: place.candidateEndpoints,
      stableEndpoints: place.stableEndpoints,
      ...(isInForce && desired !== undefined ? { inForce: desired.generation } : {}),
      ...(isForeign ? { foreign: 'somebody claims the host' } : {}),
    };
  }

  private isGoingBack(): boolean {
    return ['rollingBack', 'rolledBack', 'superseded'].includes(this.release.phase);
  }

  /** Others do not stop a way back, and where we wrote no route there is none to go. */
  private isHindered({ isForeign, route }: ModelCluster): boolean {
    return isForeign && (!this.isGoingBack() || route === undefined);
  }

  /** It went back before it wrote a route here, or one of ours would not be heard. */
  private isUntouched({ isForeign, route, isWritten }: ModelCluster): boolean {
    const wasPrepared = this.history.events.some(({ type }) => type === 'prepared');
    const hadRoute = wasPrepared && isWritten && !isForeign;
    return this.isGoingBack() && route === undefined && !hadRoute;
  }

  private note(event: ReleaseEvent, seen?: Observation): void {
    this.release = evolve(this.release, event);
    this.history.add(event, this.release, seen);
  }
}

/** Whether a write would give more to a version that is not known to have pods. */
function raisesEmpty(place: ModelCluster, { weight, routes }: Exposure): boolean {
  const { route, candidateEndpoints, stableEndpoints } = place;
  const isRisen = weight > (route?.weight ?? NOTHING) || routes !== undefined;
  const isBack = route === undefined ? weight < EVERYTHING : weight < route.weight;
  return (isRisen && !candidateEndpoints) || (isBack && !stableEndpoints);
}

const healthy = (): ModelCluster => ({
  link: 'reachable',
  candidateEndpoints: 3,
  stableEndpoints: 3,
  isForeign: false,
  isWritten: false,
  refusesWrites: false,
});
