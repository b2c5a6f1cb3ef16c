import type { SimulatedMesh } from '@spillway/adapter-cluster';
import { playgroundDeployment } from '@spillway/adapter-cluster';
import {
  isFinal,
  type Release,
  type ReleaseVerb,
  type StrategyDraft,
} from '@spillway/domain-release';
import {
  after,
  parseDuration,
  serviceName,
  strategyName,
  version,
  type ReleaseId,
} from '@spillway/kernel';
import { VirtualEngine, must, startOfStory } from '../virtual/virtual-engine.js';
import { Narrator } from './narrator.js';

const anHour = 3_600_000;

/** What people and the world do to the engine, told line by line so that a reviewer can read it. */
export class Story {
  readonly narrator = new Narrator(startOfStory);
  private readonly engine = new VirtualEngine((job, error) =>
    this.narrator.say(this.engine.time.now(), `${job.kind} failed: ${String(error)}`),
  );
  private readonly told = new Map<ReleaseId, number>();

  constructor() {
    this.engine.store.feed.subscribe((id) => void this.tell(id));
  }

  mesh(cluster: string): SimulatedMesh {
    return this.engine.mesh(cluster);
  }

  given(clusters: readonly string[], strategy: StrategyDraft): Promise<void> {
    return this.engine.given(clusters, strategy);
  }

  async release(candidate: string, description = ''): Promise<ReleaseId> {
    this.say(`ana releases ${candidate}`);
    const release = must(
      await this.engine.useCases.startRelease({
        actor: 'ana',
        service: serviceName('shop/catalog'),
        candidate: version(candidate),
        strategy: strategyName('canary'),
        description,
      }),
    );
    return release.id;
  }

  async command(id: ReleaseId, verb: ReleaseVerb, comment = ''): Promise<void> {
    this.say(`ana says ${verb}`);
    must(await this.engine.useCases.commandRelease({ actor: 'ana', release: id, verb, comment }));
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

  /** The split that each cluster's API server holds. */
  splits(): void {
    const { time, world } = this.engine;
    this.narrator.splits(time.now(), world, playgroundDeployment.service);
  }

  private say(text: string): void {
    this.narrator.say(this.engine.time.now(), text);
  }

  private async tell(id: ReleaseId): Promise<void> {
    const since = this.told.get(id) ?? 0;
    const events = must(await this.engine.useCases.listEvents(id, since, 1_000));
    for (const { sequence, event } of events) {
      if (sequence <= (this.told.get(id) ?? 0)) continue;
      this.told.set(id, sequence);
      this.narrator.event(event);
    }
  }
}
