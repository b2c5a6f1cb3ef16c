import { aCaller } from '@spillway/application/testing';
import type { ScriptedFleet, ScriptedOutgoing } from '@spillway/application/testing';
import type { Caller, NewService, UseCases } from '@spillway/application';
import type { HandWrittenObject, SimulatedMesh } from '@spillway/adapter-cluster';
import { playgroundDeployment } from '@spillway/adapter-cluster';
import { ownershipOf, type MeshService } from '@spillway/domain-istio';
import {
  isFinal,
  type Release,
  type Order,
  type OrderVerb,
  type StrategyDraft,
} from '@spillway/domain-release';
import {
  after,
  parseDuration,
  serviceName,
  strategyName,
  version,
  type Refusal,
  type ReleaseId,
  type Result,
} from '@spillway/kernel';
import { VirtualEngine, must, startOfStory } from '../virtual/virtual-engine.js';
import { Narrator } from './narrator.js';

/** What somebody asks the use cases for. */
type Asked = (useCases: UseCases, caller: Caller) => Promise<Result<unknown, Refusal>>;

const anHour = 3_600_000;

/** What is not as in the playground. */
export interface World {
  /** What the service's document says besides. */
  readonly routing: Partial<NewService>;
  /** What people have in every cluster, where the routing is not Spillway's alone. */
  readonly objects: readonly HandWrittenObject[];
}

/** What people and the world do to the engine, told line by line so that a reviewer can read it. */
export class Story {
  readonly narrator = new Narrator(startOfStory);
  private readonly engine = new VirtualEngine((job, error) =>
    this.narrator.say(this.engine.time.now(), `${job.kind} failed: ${String(error)}`),
  );
  private readonly told = new Map<ReleaseId, number>();
  private clusters: readonly string[] = [];
  private service: MeshService = playgroundDeployment.service;

  constructor() {
    this.engine.store.feed.subscribe((id) => void this.tell(id));
  }

  mesh(cluster: string): SimulatedMesh {
    return this.engine.mesh(cluster);
  }

  /** Who listens outside, and what they answer. */
  get outgoing(): ScriptedOutgoing {
    return this.engine.outgoing;
  }

  /** What the proxies of a cluster have. */
  proxies(cluster: string): ScriptedFleet {
    return this.engine.fleet(cluster);
  }

  /** The playground in these clusters, with the service and people's objects as they are in this story. */
  async given(
    clusters: readonly string[],
    strategy: StrategyDraft,
    { routing = {}, objects = [] }: Partial<World> = {},
  ): Promise<void> {
    await this.engine.given(clusters, strategy, routing);
    this.clusters = clusters;
    this.service = { ...this.service, ...routing };
    if (ownershipOf(this.service).kind === 'managed') return;
    for (const { apiServer } of this.meshes) {
      for (const kind of ['VirtualService', 'DestinationRule'] as const) {
        apiServer.remove({ kind, namespace: 'shop', name: 'catalog-spillway' });
      }
      for (const object of objects) apiServer.put(object, 'kubectl');
    }
    const { ownership } = this.service;
    if (ownership?.kind === 'replicas') this.deploy(ownership.total);
  }

  /** All pods are of v1. */
  private deploy(total: number): void {
    for (const { deployments } of this.meshes) {
      deployments.deploy(this.service, version('v1'), total);
      for (const other of ['v2', 'v3']) deployments.deploy(this.service, version(other), 0);
    }
  }

  /** What people wrote, as the first cluster has it now; without versions and managers. */
  objectsOfPeople(): string {
    const live = this.meshes[0]?.objects() ?? [];
    const theirs = live.filter(({ metadata }) => metadata.name !== 'catalog-spillway');
    const texts = theirs.map(({ kind, metadata: { name, labels, annotations }, spec }) => ({
      kind,
      name,
      labels,
      annotations,
      spec,
    }));
    return JSON.stringify(texts, null, 2);
  }

  async release(candidate: string, description = ''): Promise<ReleaseId> {
    this.say(`ana releases ${candidate}`);
    const release = must(
      await this.engine.useCases.startRelease(
        {
          service: serviceName('shop/catalog'),
          candidate: version(candidate),
          strategy: strategyName('canary'),
          description,
        },
        aCaller('ana'),
      ),
    );
    return release.id;
  }

  async command(
    id: ReleaseId,
    verb: Exclude<OrderVerb, 'jumpToStep'>,
    comment = '',
  ): Promise<void> {
    await this.order(id, { verb, comment });
  }

  async order(id: ReleaseId, order: Order): Promise<void> {
    const to = order.verb === 'jumpToStep' ? ` ${order.step + 1}` : '';
    this.say(`ana says ${order.verb}${to}`);
    must(await this.engine.useCases.commandRelease({ ...order, release: id }, aCaller('ana')));
  }

  /** Somebody asks Spillway for something; the text says what. */
  async asks(who: string, text: string, act: Asked): Promise<void> {
    this.say(`${who} ${text}`);
    must(await act(this.engine.useCases, aCaller(who)));
  }

  /** They are told no, and why. */
  async refused(who: string, text: string, act: Asked): Promise<void> {
    const answer = await act(this.engine.useCases, aCaller(who));
    if (answer.ok) throw new Error(`${who} ${text}, and was not refused`);
    this.say(`${who} ${text}, and is told: ${answer.error.message}`);
  }

  /** Something happens in the world; the text says what. */
  happens(text: string, change: () => void): void {
    this.say(text);
    change();
  }

  async pass(length: string): Promise<void> {
    const end = after(this.engine.time.now(), parseDuration(length) ?? 0);
    await this.engine.until(end, () => Promise.resolve(false));
  }

  /** Lets time pass until the release is in the phase, an hour at the most. */
  async phase(id: ReleaseId, phase: Release['phase']): Promise<void> {
    const limit = after(this.engine.time.now(), anHour);
    const isThere = async (): Promise<boolean> => (await this.state(id)).phase === phase;
    if (await this.engine.until(limit, isThere)) return;
    throw new Error(`${id} did not reach ${phase}:\n${this.narrator.text}`);
  }

  /** Until it is over, and what is left in the clusters is cleaned up. */
  async end(id: ReleaseId): Promise<Release> {
    const limit = after(this.engine.time.now(), anHour);
    await this.engine.until(limit, async () => isFinal((await this.state(id)).phase));
    await this.pass('35s');
    return this.state(id);
  }

  state(id: ReleaseId): Promise<Release> {
    return this.engine.state(id);
  }

  /** The pods of each version, asked for and ready. */
  pods(): void {
    for (const { cluster, deployments } of this.meshes) {
      const texts = [...deployments.of(this.service).values()]
        .slice(0, 2)
        .map(({ name, replicas, ready }) => `${name} ${ready} of ${replicas} ready`);
      this.say(`${cluster} has ${texts.join(', ')}`);
    }
  }

  /** What proxies log in each cluster. */
  accessLogs(): void {
    for (const { cluster, accessLogs } of this.meshes) {
      const filters = [...accessLogs.values()].flatMap(({ spec }) =>
        spec.accessLogging.map(({ match, filter }) => `${match?.mode} ${filter?.expression}`),
      );
      this.say(`${cluster} logs ${filters.length === 0 ? 'nothing' : filters.join(', ')}`);
    }
  }

  /** The routing that each cluster's API server holds. */
  splits(): void {
    this.narrator.splits(this.engine.time.now(), this.meshes, this.service);
  }

  /** Who answered in all this time. */
  answers(): void {
    const { time } = this.engine;
    this.narrator.answers(startOfStory, time.now(), this.meshes, this.service);
  }

  private get meshes(): readonly SimulatedMesh[] {
    return this.clusters.map((name) => this.mesh(name));
  }

  private say(text: string): void {
    this.narrator.say(this.engine.time.now(), text);
  }

  private async tell(id: ReleaseId): Promise<void> {
    const since = this.told.get(id) ?? 0;
    const events = must(
      await this.engine.useCases.listEvents(id, { after: since, limit: 1_000 }, aCaller()),
    );
    for (const { sequence, event } of events) {
      if (sequence <= (this.told.get(id) ?? 0)) continue;
      this.told.set(id, sequence);
      this.narrator.event(event);
    }
  }
}
