import {
  hasService,
  isFinal,
  sourcesOfPlan,
  type Release,
  type ReleaseEvent,
} from '@spillway/domain-release';
import {
  CodedError,
  StaleWrite,
  type ClusterName,
  type Generation,
  type ReleaseId,
  type ServiceName,
  type SourceName,
} from '@spillway/kernel';
import type { Page, PageRequest } from '../../port/page.js';
import type {
  FeedPart,
  FeedPosition,
  ReleaseFilter,
  ReleaseStore,
  StoredEvent,
} from '../../port/release-store.js';
import { eventHash, noHash } from '../contract/event-hash.js';
import type { Draft, StoredRelease } from './draft.js';
import { kept } from './kept.js';
import { pageOf } from './paging.js';

export class InMemoryReleaseStore implements ReleaseStore {
  constructor(private readonly draft: Draft) {}

  get(id: ReleaseId): Promise<Release | undefined> {
    return Promise.resolve(this.draft.tables.releases.get(id)?.release);
  }

  getAll(ids: readonly ReleaseId[]): Promise<readonly Release[]> {
    return Promise.resolve(this.all().filter(({ id }) => ids.includes(id)));
  }

  /** Transactions run one after another: each has every lock. */
  lock(id: ReleaseId): Promise<Release | undefined> {
    return this.get(id);
  }

  list(filter: ReleaseFilter, page: PageRequest): Promise<Page<Release>> {
    const wanted = this.all()
      .filter((release) => isWanted(filter, release))
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
    return Promise.resolve(pageOf(wanted, page, ({ id }) => id));
  }

  running(service: ServiceName): Promise<Release | undefined> {
    const ofService = (release: Release) =>
      release.service === service && hasService(release.phase);
    return Promise.resolve(this.all().find(ofService));
  }

  queued(service: ServiceName): Promise<readonly Release[]> {
    const queued = this.all().filter(
      (release) => release.service === service && release.phase === 'queued',
    );
    return Promise.resolve(queued.sort(byAge));
  }

  runningOf(services: readonly ServiceName[]): Promise<readonly Release[]> {
    const running = this.all().filter(({ phase }) => hasService(phase));
    return Promise.resolve(running.filter(({ service }) => services.includes(service)));
  }

  allRunning(): Promise<readonly ReleaseId[]> {
    const running = this.all().filter(({ phase }) => !isFinal(phase));
    return Promise.resolve(running.map(({ id }) => id));
  }

  awaitingApproval(): Promise<readonly Release[]> {
    const waiting = this.all().filter(({ awaiting, phase }) => awaiting && !isFinal(phase));
    return Promise.resolve(waiting.sort(byAge));
  }

  referringTo(source: SourceName): Promise<readonly ReleaseId[]> {
    const referring = this.all().filter(
      ({ phase, plan }) => !isFinal(phase) && sourcesOfPlan(plan).has(source),
    );
    return Promise.resolve(referring.map(({ id }) => id));
  }

  async save(next: Release, events: readonly ReleaseEvent[]): Promise<void> {
    const { tables, saved } = this.draft;
    const before = tables.releases.get(next.id);
    const expected = next.revision - events.length;
    if ((before?.release.revision ?? 0) !== expected) throw new StaleWrite(next.id, expected);
    await this.refuseSecondRunning(next);
    const unsettled = unsettledAfter(before, next);
    this.takeOver(before, next);
    tables.releases.set(next.id, { release: kept(next), unsettled });
    const chain = chained(tables.events.get(next.id) ?? [], events);
    tables.events.set(next.id, chain);
    const { id: release, service } = next;
    tables.feed.push(...chain.slice(expected).map((event) => ({ ...event, release, service })));
    saved.push(next.id);
  }

  events(id: ReleaseId, after: number, limit: number): Promise<readonly StoredEvent[]> {
    const events = this.draft.tables.events.get(id) ?? [];
    return Promise.resolve(events.slice(after, after + limit));
  }

  recent(after: FeedPosition | undefined, limit: number): Promise<FeedPart> {
    const { feed } = this.draft.tables;
    const from = after === undefined ? feed.length : Number(after);
    if (!(from <= feed.length)) throw unknownPosition();
    const events = feed
      .slice(from, from + limit)
      .map((event, index) => ({ ...event, position: String(from + index + 1) as FeedPosition }));
    const end = String(from + events.length) as FeedPosition;
    return Promise.resolve({ events, end, isOpen: from + limit < feed.length });
  }

  unsettledIn(cluster: ClusterName): Promise<readonly ReleaseId[]> {
    const stored = [...this.draft.tables.releases.values()];
    const here = stored.filter((one) => this.unsettled(one).includes(cluster));
    return Promise.resolve(here.map(({ release }) => release.id));
  }

  unsettledOf(service: ServiceName): Promise<ReadonlyMap<ClusterName, ReleaseId>> {
    const stored = [...this.draft.tables.releases.values()];
    const ofService = stored.filter(({ release }) => release.service === service);
    const open = ofService.flatMap((one) =>
      this.unsettled(one).map((cluster) => [cluster, one.release.id] as const),
    );
    return Promise.resolve(new Map(open));
  }

  settle(id: ReleaseId, cluster: ClusterName, generation: Generation): Promise<void> {
    const { releases } = this.draft.tables;
    const stored = releases.get(id);
    const rollout = stored?.release.rollouts.find((each) => each.cluster === cluster);
    if (stored !== undefined && rollout?.desired.generation === generation) {
      const unsettled = new Set([...stored.unsettled].filter((each) => each !== cluster));
      releases.set(id, { ...stored, unsettled });
    }
    return Promise.resolve();
  }

  private unsettled({ unsettled }: StoredRelease): readonly ClusterName[] {
    return [...unsettled].filter((cluster) => this.draft.tables.clusters.has(cluster));
  }

  /** In clusters that are new to it, no earlier release of the service has anything to write. */
  private takeOver(before: StoredRelease | undefined, { id, service, rollouts }: Release): void {
    const { releases } = this.draft.tables;
    const known = new Set(before?.release.rollouts.map(({ cluster }) => cluster));
    const taken = new Set(
      rollouts.map(({ cluster }) => cluster).filter((name) => !known.has(name)),
    );
    for (const stored of releases.values()) {
      if (stored.release.service !== service || stored.release.id === id) continue;
      const unsettled = new Set([...stored.unsettled].filter((name) => !taken.has(name)));
      releases.set(stored.release.id, { ...stored, unsettled });
    }
  }

  private all(): Release[] {
    return [...this.draft.tables.releases.values()].map(({ release }) => release);
  }

  private async refuseSecondRunning(next: Release): Promise<void> {
    if (!hasService(next.phase)) return;
    const running = await this.running(next.service);
    if (running === undefined || running.id === next.id) return;
    throw new CodedError(
      'SERVICE_BUSY',
      `Release ${running.id} of ${next.service} has not ended.`,
      'Wait until it ends, or abort it.',
    );
  }
}

function isWanted(filter: ReleaseFilter, release: Release): boolean {
  const { namespace, since = -Infinity, until = Infinity, strategy, ...equal } = filter;
  return (
    Object.entries(equal).every(
      ([name, value]) => release[name as 'service' | 'phase' | 'candidate'] === value,
    ) &&
    (namespace === undefined || release.service.startsWith(`${namespace}/`)) &&
    (strategy === undefined || release.strategy.name === strategy) &&
    release.createdAt >= since &&
    release.createdAt < until
  );
}

const unknownPosition = () =>
  new CodedError(
    'INVALID_INPUT',
    'The position is none of this database.',
    'Begin without one, and read what is there now.',
  );

const byAge = (a: Release, b: Release): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

/** Everything is to be written where a generation is new, and everywhere again when the release ends. */
function unsettledAfter(before: StoredRelease | undefined, next: Release): Set<ClusterName> {
  const ends = isFinal(next.phase) && before !== undefined && !isFinal(before.release.phase);
  const old = new Map(
    before?.release.rollouts.map(({ cluster, desired }) => [cluster, desired.generation]),
  );
  const open = next.rollouts.filter(
    ({ cluster, desired }) =>
      ends || old.get(cluster) !== desired.generation || before?.unsettled.has(cluster) === true,
  );
  return new Set(open.map(({ cluster }) => cluster));
}

function chained(
  stored: readonly StoredEvent[],
  events: readonly ReleaseEvent[],
): readonly StoredEvent[] {
  const chain = [...stored];
  for (const event of events) {
    const hash = eventHash(chain.at(-1)?.hash ?? noHash, event);
    chain.push(kept({ sequence: chain.length + 1, event, hash }));
  }
  return chain;
}
