import { unexposed, type Exposure } from '@spillway/domain-traffic';
import { EVERYTHING, NOTHING, type ClusterName, type Instant } from '@spillway/kernel';
import { loopActor } from '../advance.js';
import type { ReleaseEvent } from '../event.js';
import { begin, replay } from '../evolve.js';
import type { ClusterSeen, Observation } from '../observation.js';
import { canMove, isFinal } from '../phase.js';
import type { Release } from '../release.js';
import { isAt } from '../gate/gate.js';
import { GateKeeper } from './gate-keeper.js';
import { digest } from './model-gates.js';
import {
  changedBy,
  exposureBy,
  isNoMore,
  must,
  mustBeComplete,
  mustDecideWet,
  mustHaveBaked,
  textOf,
} from './promises.js';

type Created = Extract<ReleaseEvent, { type: 'created' }>;
type SkippedEvent = Extract<ReleaseEvent, { type: 'stepSkipped' }>;

const begins: ReadonlySet<string> = new Set([
  'stepStarted',
  'resumed',
  'bakeStarted',
  'wentBack',
  'strategyChanged',
]);

/** What takes some of the candidate's traffic away without ending the release. */
const lowers: ReadonlySet<string> = new Set(['wentBack', 'waveTakenBack', 'strategyChanged']);

/** The events of a release, each held against what a release promises at every moment. */
export class History {
  readonly events: ReleaseEvent[];
  private last: Release;
  private readonly gates = new GateKeeper();
  private isRollingBack = false;
  private mayHaveAll = false;
  private resumed = false;
  /** Somebody had it leave the plan's own way, so clusters may have something else than its steps say. */
  private isOffPlan = false;
  private isReplanned = false;
  /** What clusters had under the plan before, until a step of the new one says something. */
  private readonly kept = new Map<ClusterName, number>();
  /** When the present step or bake began, or was resumed. */
  private since: Instant;

  constructor(
    created: Created,
    private readonly digestOf: typeof digest = digest,
  ) {
    this.events = [created];
    this.last = begin(created);
    this.since = created.at;
  }

  add(event: ReleaseEvent, next: Release, seen?: Observation): void {
    const before = this.last;
    this.events.push(event);
    this.last = next;
    this.checkBooks(event, before, next);
    this.checkTraffic(event, before, next);
    this.follow(event, before);
    this.checkWeights(event, before, next);
    this.checkExposures(event, before, next);
    this.checkStep(event, before, seen);
    if (event.type === 'stepSkipped') this.checkSkip(event, before);
    if (event.type === 'waveTakenBack') {
      must(before.plan.rollBack === 'wave', 'a wave alone goes back where its plan says so', next);
    }
    if (event.type === 'wentBack') {
      const isBack = event.index <= event.skipTo && event.skipTo <= before.cursor.index;
      must(isBack, 'back is back', before);
    }
    mustDecideWet(event, before);
    this.gates.check(event, before, next, seen);
    this.remember(event);
    if (seen !== undefined) this.checkEndpoints(event, before, seen);
  }

  /** The fold of all events, from nothing, is this state. */
  mustReplayTo(release: Release): void {
    const replayed = replay(JSON.parse(JSON.stringify(this.events)) as ReleaseEvent[]);
    const [a, b] = [JSON.stringify(replayed), JSON.stringify(release)];
    must(a === b, `replaying gives ${a} instead of ${b}`, release);
  }

  mustBe(release: Release): void {
    must(JSON.stringify(release) === JSON.stringify(this.last), 'one state for all', release);
  }

  private checkBooks(event: ReleaseEvent, before: Release, next: Release): void {
    must(next.revision === this.events.length, 'the revision counts the events', next);
    must(event.because !== '' && event.actor !== '', 'every event has a reason and an actor', next);
    must(next.because === event.because, 'the release shows the last reason', next);
    const moved = before.phase !== next.phase;
    must(
      !moved || canMove(before.phase, next.phase),
      `${before.phase} → ${next.phase} exists`,
      next,
    );
    must(!isFinal(before.phase), 'nothing happens after the end', next);
    must(isFinal(next.phase) === (next.endedAt !== undefined), 'endedAt means the end', next);
    must((next.phase === 'held') === (next.held !== undefined), 'held has its reason', next);
    must((next.phase === 'paused') === (next.paused !== undefined), 'paused has its origin', next);
  }

  /** Desired traffic changes with one kind of event only, and each change is a new generation. */
  private checkTraffic(event: ReleaseEvent, before: Release, next: Release): void {
    const changed = new Set<ClusterName>();
    for (const { cluster, desired } of next.rollouts) {
      const old = before.rollouts.find((one) => one.cluster === cluster)?.desired;
      if (JSON.stringify(old) !== JSON.stringify(desired)) changed.add(cluster);
    }
    const left = event.type === 'clustersChanged' ? event.left.length : 0;
    must(next.rollouts.length >= before.rollouts.length - left, 'no cluster is forgotten', next);
    if (!('traffic' in event)) {
      must(
        changed.size === 0 && next.generation === before.generation,
        `${event.type} changes no traffic`,
        next,
      );
      return;
    }
    const { generation, clusters } = event.traffic;
    must(generation === before.generation + 1, 'every change is the next generation', next);
    must(next.generation === generation, 'the release knows its last generation', next);
    must(clusters.length === changed.size, 'a change names exactly what it changes', next);
    for (const { cluster } of clusters) must(changed.has(cluster), `${cluster} is changed`, next);
  }

  /** What people did to the plan's own way. */
  private follow(event: ReleaseEvent, before: Release): void {
    if (['stepSkipped', 'wentBack', 'strategyChanged'].includes(event.type)) this.isOffPlan = true;
    // Who joins takes part from the next change of traffic on, wherever the steps are.
    if (event.type === 'clustersChanged' && event.joined.length > 0) this.isOffPlan = true;
    if (event.type === 'wentBack') this.kept.clear();
    if (event.type === 'trafficShifted') {
      for (const { cluster, weight } of event.traffic.clusters) {
        this.kept.set(cluster, Math.min(this.kept.get(cluster) ?? NOTHING, weight));
      }
    }
    if (event.type !== 'strategyChanged') return;
    this.isReplanned = true;
    for (const { cluster, desired } of before.rollouts) this.kept.set(cluster, desired.weight);
  }

  private checkWeights(event: ReleaseEvent, before: Release, next: Release): void {
    if (event.type === 'promotionStarted') this.mayHaveAll = true;
    if (event.type === 'rollbackStarted') this.isRollingBack = true;
    for (const { cluster, wave, desired } of next.rollouts) {
      must(desired.weight >= 0 && desired.weight <= EVERYTHING, 'weights are 0..10000', next);
      const old = before.rollouts.find((one) => one.cluster === cluster)?.desired.weight ?? NOTHING;
      this.checkDirection(event, old, desired.weight);
      must(
        desired.weight <= Math.max(this.allowed(next, wave), this.kept.get(cluster) ?? NOTHING),
        `${cluster} has more than its step allows`,
        next,
      );
      must(desired.weight === old || 'traffic' in event, 'a weight changes with an event', next);
    }
  }

  private checkDirection({ type }: ReleaseEvent, old: number, weight: number): void {
    const release = this.last;
    if (this.isRollingBack) must(weight === NOTHING, 'a rollback takes everything back', release);
    else if (lowers.has(type)) must(weight <= old, 'nothing is given unasked', release);
    else if (!this.isReplanned)
      must(weight >= old, 'only people and a rollback take weight away', release);
  }

  /** The candidate sees what the steps of its wave say up to the present one, everything, or nothing. */
  private checkExposures(event: ReleaseEvent, before: Release, next: Release): void {
    for (const { cluster, wave, desired } of next.rollouts) {
      const { weight, mirror } = desired;
      must(mirror === undefined || weight === NOTHING, 'nothing is answered and copied', next);
      const old = before.rollouts.find((one) => one.cluster === cluster)?.desired;
      if (lowers.has(event.type)) {
        must(isNoMore(desired, old ?? desired), `${cluster} sees nothing new`, next);
        continue;
      }
      const expected = this.expected(next, wave, old ?? desired).map(textOf);
      must(expected.includes(textOf(desired)), `${cluster} sees what its steps say`, next);
    }
  }

  private expected({ plan, cursor }: Release, wave: number, old: Exposure): readonly Exposure[] {
    if (this.isRollingBack) return [unexposed];
    const taken = [cursor.index, cursor.index + Number(cursor.started)];
    const step = plan.steps[cursor.index];
    const changed = step?.wave === wave ? [changedBy(step, old)] : [];
    const known = this.isOffPlan
      ? [old, ...changed]
      : taken.map((count) => exposureBy(plan, wave, count));
    // A promotion by hand skips steps: what they would have said is not seen.
    return this.mayHaveAll ? [...known, old, { weight: EVERYTHING }] : known;
  }

  /** The highest weight that steps up to the present one set for this wave. */
  private allowed({ plan, cursor }: Release, wave: number): number {
    if (this.mayHaveAll) return EVERYTHING;
    const reached = plan.steps.slice(0, cursor.index + Number(cursor.started));
    const weights = reached.map((step) =>
      step.kind === 'setWeight' && step.wave === wave ? step.weight : NOTHING,
    );
    return Math.max(NOTHING, ...weights);
  }

  /** Steps start and complete one after another; only a person skips some. */
  private checkStep(event: ReleaseEvent, before: Release, seen?: Observation): void {
    const { plan, cursor } = before;
    const { since, resumed } = this;
    if (event.type === 'stepStarted') {
      must(event.index === cursor.index && !cursor.started, 'steps start in their order', before);
    } else if (event.type === 'stepCompleted') {
      must(event.index === cursor.index && cursor.started, 'only the present step ends', before);
      mustBeComplete({ event, before, resumed, since, ...(seen && { seen }) });
    } else if (event.type === 'promotionStarted' && event.actor === loopActor) {
      must(cursor.index === plan.steps.length, 'nothing skips a step but a person', before);
    } else if (event.type === 'succeeded') {
      mustHaveBaked({ event, before, since, ...(seen && { seen }) });
    }
  }

  private checkSkip({ index, actor }: SkippedEvent, before: Release): void {
    const { plan, cursor, skipTo = 0, passedGates = [] } = before;
    const step = plan.steps[index];
    must(
      index === cursor.index && step !== undefined,
      'only the present step is skipped',
      this.last,
    );
    const isOpen = passedGates.some(
      (one) =>
        step?.kind === 'gate' &&
        isAt(one, { gate: step.name, wave: step.wave }) &&
        one.plan === this.digestOf(plan),
    );
    must(step?.kind !== 'gate' || isOpen, 'nobody passes over a gate that is closed', this.last);
    must(actor !== loopActor || index < skipTo, 'the loop skips what people said', this.last);
  }

  private remember({ type, at }: ReleaseEvent): void {
    if (begins.has(type)) this.since = at;
    if (begins.has(type)) this.resumed = type === 'resumed';
  }

  /** Traffic goes only to versions that can answer, and not while too many clusters are lost. */
  private checkEndpoints(event: ReleaseEvent, before: Release, { clusters }: Observation): void {
    if (event.type !== 'trafficShifted' && event.type !== 'preparationStarted') return;
    const isShift = event.type === 'trafficShifted';
    const role = isShift ? 'candidateEndpoints' : 'stableEndpoints';
    const rising = event.traffic.clusters.filter(
      ({ cluster, ...exposure }) => !isShift || !isNoMore(exposure, exposureOf(before, cluster)),
    );
    if (rising.length === 0) return;
    for (const { cluster } of rising) {
      must(canAnswer(clusters.get(cluster), role), `${cluster} can answer`, before);
    }
    const isSeen = [...clusters.values()].some(({ kind }) => kind !== 'unreachable');
    must(isSeen, 'somebody can be asked how the candidate does', before);
    const lost = rising.filter(({ cluster }) => clusters.get(cluster)?.kind === 'unreachable');
    must(lost.length <= before.plan.maxUnavailableClusters, 'few enough clusters are lost', before);
  }
}

const exposureOf = ({ rollouts }: Release, name: ClusterName): Exposure =>
  rollouts.find(({ cluster }) => cluster === name)?.desired ?? unexposed;

/** Nobody can know it of a lost cluster; its writer looks again when it is back. */
const canAnswer = (
  state: ClusterSeen | undefined,
  role: 'candidateEndpoints' | 'stableEndpoints',
): boolean =>
  state?.kind === 'unreachable' || (state?.kind === 'reachable' && (state[role] ?? 0) > 0);
