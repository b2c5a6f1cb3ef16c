import { isFinal, type Release } from '@spillway/domain-release';
import { InvariantBroken, type ReleaseId } from '@spillway/kernel';
import type { ReleaseFeed } from '../port/release-feed.js';
import type { StoredEvent } from '../port/release-store.js';
import type { UnitOfWork } from '../port/unit-of-work.js';
import { SharedReading } from './shared-reading.js';

/** What happened to a release since its follower heard of it last. */
export interface ReleaseNews {
  readonly release: Release;
  /** All of them, in their order, up to the release's revision. */
  readonly events: readonly StoredEvent[];
}

export interface WatchDeps {
  readonly unitOfWork: UnitOfWork;
  readonly feed: ReleaseFeed;
}

/** The newest events of a release, without a gap, up to its revision. */
interface Known {
  readonly release: Release;
  readonly recent: readonly StoredEvent[];
}

/** Whoever lags behind by more reads by himself. */
const mostRecent = 200;
const page = 200;

/** The releases that somebody in this process follows, each read once per change. */
export class ReleaseChannels {
  private readonly open = new Map<ReleaseId, SharedReading<Known>>();
  private unsubscribe: (() => void) | undefined;

  constructor(private readonly deps: WatchDeps) {}

  /**
   * The release now, with the events after a sequence number where one is given, then with each
   * change all events that it brought. Ends with the final state, or when the signal aborts.
   */
  async *follow(
    id: ReleaseId,
    after: number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ReleaseNews, void> {
    let seen = after;
    for await (const known of this.channel(id).states(signal)) {
      const { release } = known;
      yield { release, events: await this.since(seen ?? release.revision, known) };
      if (isFinal(release.phase)) return;
      seen = Math.max(seen ?? 0, release.revision);
    }
  }

  private async since(seen: number, { release, recent }: Known): Promise<readonly StoredEvent[]> {
    if (seen >= release.revision) return [];
    const first = recent[0]?.sequence ?? release.revision + 1;
    if (first <= seen + 1) return recent.filter(({ sequence }) => sequence > seen);
    return this.eventsBetween(release.id, seen, release.revision);
  }

  private async eventsBetween(id: ReleaseId, after: number, last: number): Promise<StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (let seen = after; seen < last; seen = events.at(-1)?.sequence ?? last) {
      const limit = Math.min(page, last - seen);
      const read = await this.deps.unitOfWork.read((tx) => tx.releases.events(id, seen, limit));
      if (read.length === 0) break;
      events.push(...read);
    }
    return events;
  }

  private channel(id: ReleaseId): SharedReading<Known> {
    const known = this.open.get(id);
    if (known !== undefined && !known.hasFailed) return known;
    // Subscribed before the first read, so that no change falls between the two.
    this.unsubscribe ??= this.deps.feed.subscribe((changed) => this.open.get(changed)?.refresh());
    const channel: SharedReading<Known> = new SharedReading(
      (before) => this.read(id, before),
      () => this.close(id, channel),
    );
    this.open.set(id, channel);
    return channel;
  }

  private close(id: ReleaseId, channel: SharedReading<Known>): void {
    if (this.open.get(id) === channel) this.open.delete(id);
    if (this.open.size > 0) return;
    this.unsubscribe?.();
    this.unsubscribe = undefined;
  }

  private read(id: ReleaseId, before: Known | undefined): Promise<Known> {
    return this.deps.unitOfWork.read(async (tx) => {
      const release = await tx.releases.get(id);
      if (release === undefined) throw new InvariantBroken(`release ${id} is gone`);
      if (before !== undefined && release.revision === before.release.revision) return before;
      const seen = before?.release.revision ?? release.revision;
      const fresh = await tx.releases.events(id, seen, release.revision - seen);
      return { release, recent: [...(before?.recent ?? []), ...fresh].slice(-mostRecent) };
    });
  }
}
