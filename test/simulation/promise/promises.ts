import type { Job, MetricQuestion, Tx } from '@spillway/application';
import { NOTHING, type ClusterName, type ReleaseId, type ServiceName } from '@spillway/kernel';
import type { MeshService } from '@spillway/domain-istio';
import type { Release, ReleaseEvent } from '@spillway/domain-release';
import type { VirtualClock } from '@spillway/application/testing';
import type { SimulatedMesh } from '@spillway/adapter-cluster';
import type { VirtualWorker } from '../../virtual/virtual-worker.js';
import type { Book } from '../book.js';
import type { HookWord, Outside } from '../outside.js';
import type { Save } from '../watched-store.js';
import { ClusterWatch, type Rise } from './cluster-watch.js';
import { Decisions, type Decided } from './decisions.js';
import { beyond, notOfWave } from './fleet.js';
import { Histories } from './histories.js';
import { Keys } from './keys.js';
import { Returns } from './returns.js';
import { Runs } from './runs.js';
import { seenBy } from './seen-by.js';

/** Where promises are kept or broken. */
interface Scene {
  readonly services: readonly MeshService[];
  readonly book: Book;
  readonly time: VirtualClock;
  readonly outside: Outside;
  mesh(cluster: string): SimulatedMesh;
}

/** Who decided what is saved. */
interface Decider {
  readonly worker: VirtualWorker;
}

/**
 * All that Spillway promises (docs/guides/simulation.md), looked at where it could be broken: a
 * transaction, a change in a cluster, an answer to a person. So nothing is looked at twice.
 */
export class Promises {
  readonly histories: Histories;
  readonly runs = new Runs();
  readonly returns = new Returns();
  readonly keys: Keys;
  private readonly decisions: Decisions;
  private readonly watches = new Map<ClusterName, ClusterWatch>();

  constructor(private readonly site: Scene) {
    this.histories = new Histories(site.book);
    this.keys = new Keys(site.book);
    this.decisions = new Decisions(this.histories, this.runs, () => site.time.now());
  }

  watch(cluster: ClusterName): ClusterWatch {
    const known = this.watches.get(cluster);
    if (known !== undefined) return known;
    const { site, decisions } = this;
    const { book, services } = site;
    const onRise = (...rise: Parameters<Rise>) => this.mustBeWithin(...rise);
    const watch = new ClusterWatch(site.mesh(cluster), services, book, decisions, onRise);
    this.watches.set(cluster, watch);
    return watch;
  }

  /** In the transaction that saves, so that nobody comes between. */
  async noteSaves(tx: Tx, saves: readonly Save[], hand: Decider | undefined): Promise<void> {
    for (const save of saves) {
      const { next, events } = save;
      const before = this.histories.get(next.id) ?? next;
      const seen = hand && (await seenBy(hand.worker, before, tx));
      this.histories.add(save, seen);
      for (const event of events) this.noteEvent(next, event, tx);
    }
    for (const service of new Set(saves.map(({ next }) => next.service))) {
      this.histories.mustBeOne(service);
    }
  }

  /** Nobody counts requests of a time in which the candidate had none. */
  noteQuestion(cluster: ClusterName, { service, at, window }: MetricQuestion): void {
    const running = this.histories.open.filter((one) => one.service === service.service);
    for (const { id } of running) {
      const given = this.histories.eventsOf(id).find((event) => gives(event, cluster));
      if (given === undefined || at - window >= given.at) continue;
      this.site.book.break('only what was measured since counts', `${cluster}: ${id}`);
    }
  }

  /** Who was told that it is done finds it done. */
  noteAccepted(release: Release, what: string): void {
    const stored = this.histories.get(release.id);
    if (stored !== undefined && stored.revision >= release.revision) return;
    this.site.book.break('an accepted command is kept', `${what} of ${release.id}`);
  }

  noteJob(job: Job): () => void {
    const end = this.runs.begin(job, this.site.time.now());
    return () => end(this.site.time.now());
  }

  /** What time alone can break. */
  noteTime(): void {
    const { time, book } = this.site;
    const late = this.returns.late(time.now(), (one) => this.weightLeft(one.release, one.cluster));
    const [first] = late;
    if (first !== undefined) book.break('nothing but a cluster itself delays its way back', first);
  }

  /** Another release of the service may have the cluster by now. */
  private weightLeft({ id, service, candidate }: Release, cluster: ClusterName): number {
    const watch = this.watch(cluster);
    return watch.ownerOf(service) === id ? watch.weightOf(service, candidate) : NOTHING;
  }

  private noteEvent(release: Release, event: ReleaseEvent, tx: Tx): void {
    const { book } = this.site;
    book.say(() => `release ${release.id.slice(0, 8)}: ${event.type}: ${event.because}`);
    if (event.at !== tx.now) book.break("events bear the database's time", event.type);
    this.decisions.add(release, event);
    this.returns.add(release, event);
    if (event.type === 'trafficApplied') this.mustHaveHeld(release, event);
    if (event.type === 'trafficShifted') this.mustBeAgreed(release, event);
    if (event.type === 'waveTakenBack') this.mustBeOfWave(release, event);
    if (event.type === 'clustersChanged') this.mustLeaveNothing(release, event);
    if (event.type === 'created') this.keys.mustBeNew(event);
  }

  /** What stands in the clusters together, whoever decided on which part of it. */
  private mustBeWithin(service: ServiceName, release: ReleaseId, by: Decided): void {
    if (!this.decisions.isBound(release, by)) return;
    const weights = by.clusters.map((cluster) =>
      this.watch(cluster).givenBy(release, service, by.candidate),
    );
    const detail = beyond(by, weights);
    if (detail === undefined) return;
    this.site.book.break('a release goes no further than its limits', `${release}: ${detail}`);
  }

  /** A release that wrote no route has none to give back. */
  wasPrepared(release: ReleaseId): boolean {
    return this.histories.eventsOf(release).some(({ type }) => type === 'prepared');
  }

  private mustLeaveNothing(
    { id, service, candidate }: Release,
    { left }: Extract<ReleaseEvent, { type: 'clustersChanged' }>,
  ): void {
    const kept = left.filter((name) => this.watch(name).givenBy(id, service, candidate) > NOTHING);
    if (kept.length === 0) return;
    const promise = 'a cluster that leaves a release keeps nothing of its candidate';
    this.site.book.break(promise, kept.join(', '));
  }

  private mustBeOfWave(
    release: Release,
    event: Extract<ReleaseEvent, { type: 'waveTakenBack' }>,
  ): void {
    const others = notOfWave(release, event).join(', ');
    if (others === '') return;
    this.site.book.break('what fails in a wave is taken back in that wave alone', others);
  }

  private mustHaveHeld(
    { id, service, phase }: Release,
    { cluster, generation }: { readonly cluster: ClusterName; readonly generation: number },
  ): void {
    const watch = this.watch(cluster);
    const decided = this.decisions.of(id, cluster, generation);
    if (watch.hasHeld(service, generation, decided)) return;
    const isBack = goingBack.has(phase);
    if (isBack && (watch.isUntouched(service) || !this.wasPrepared(id))) return;
    const detail = `${cluster}: ${service}: ${generation}`;
    this.site.book.break('what is said to be applied was there', detail);
  }

  /** Every hook that has a say gave its word to this increase. */
  private mustBeAgreed(
    { id, plan }: Release,
    shift: Extract<ReleaseEvent, { type: 'trafficShifted' }>,
  ): void {
    const earlier = this.histories.eventsOf(id).filter((event) => event !== shift);
    if (shift.traffic.clusters.every((one) => one.weight <= lastWeight(earlier, one.cluster)))
      return;
    const asked = (plan.hooks ?? []).filter(({ point }) => point === 'confirm-traffic-increase');
    if (asked.length === 0) return;
    const since = earlier.findLast((event) => 'traffic' in event)?.at;
    const { words } = this.site.outside;
    for (const { url, name } of asked) {
      if (words.some((word) => isWordFor(word, url, since ?? 0))) continue;
      this.site.book.break('nothing is given without the word of a hook', `${id}: ${name}`);
    }
  }
}

const goingBack: ReadonlySet<string> = new Set(['rollingBack', 'rolledBack', 'superseded']);

const isWordFor = ({ url, at, agrees }: HookWord, wanted: string, since: number): boolean =>
  agrees && url === wanted && at >= since;

const lastWeight = (events: readonly ReleaseEvent[], cluster: ClusterName): number =>
  events
    .flatMap((event) => ('traffic' in event ? event.traffic.clusters : []))
    .findLast((one) => one.cluster === cluster)?.weight ?? NOTHING;

/** The candidate gets something there. */
const gives = (event: ReleaseEvent, cluster: ClusterName): boolean =>
  event.type === 'trafficShifted' &&
  event.traffic.clusters.some((one) => one.cluster === cluster && one.weight > NOTHING);
