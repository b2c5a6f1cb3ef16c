import type { Release } from '@spillway/domain-release';
import { duration, type Duration, type ReleaseId } from '@spillway/kernel';
import type { FeedEvent, FeedPosition } from '../port/release-store.js';
import type { Reads } from '../port/unit-of-work.js';
import type { WatchDeps } from './release-channels.js';
import { SharedReading } from './shared-reading.js';

/** What happened to all releases since their follower heard of them last. */
export interface FeedNews {
  /** In the order of their positions. */
  readonly events: readonly FeedEvent[];
  /** Each release that they are of, as it is by now. */
  readonly releases: ReadonlyMap<ReleaseId, Release>;
  /** Where to read on after them; also where none of them was wanted. */
  readonly end: FeedPosition;
}

interface Known extends FeedNews {
  /** Where the first of the events comes after. */
  readonly start: FeedPosition;
}

const mostRecent = 1_000;
const page = 500;
const firstPause = 10;
const longestPause = 250;

export interface FeedDeps extends WatchDeps {
  readonly pause: (length: Duration) => Promise<void>;
}

/** The events of all releases, read once per change for everybody in this process who follows them. */
export class FeedChannel {
  private open: SharedReading<Known> | undefined;
  private pause = firstPause;

  constructor(private readonly deps: FeedDeps) {}

  /** Every event after the position, or from now on where none is given; without an end. */
  async *follow(
    after: FeedPosition | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<FeedNews, void> {
    let at = after;
    for await (const known of this.channel().states(signal)) {
      at ??= known.end;
      // Whoever comes from further back than what is kept reads by himself until he is there.
      for (let own = eventsAfter(at, known); own === undefined; own = eventsAfter(at, known)) {
        const part = await this.read(at);
        if (part.events.length === 0) break;
        yield part;
        at = part.end;
      }
      const events = eventsAfter(at, known) ?? [];
      if (events.length > 0) yield { events, releases: known.releases, end: known.end };
      at = events.at(-1)?.position ?? at;
    }
  }

  private channel(): SharedReading<Known> {
    if (this.open !== undefined && !this.open.hasFailed) return this.open;
    const channel: SharedReading<Known> = new SharedReading(
      (before) => this.next(before),
      () => {
        unsubscribe();
        if (this.open === channel) this.open = undefined;
      },
    );
    const unsubscribe = this.deps.feed.subscribe(channel.refresh);
    this.open = channel;
    return channel;
  }

  /** Asks again in a moment while something is saved whose place is not certain yet, or more is there. */
  private async next(before: Known | undefined): Promise<Known> {
    const part = await this.read(before?.end);
    if (before === undefined) return part;
    if (part.events.length > 0) this.pause = firstPause;
    else if (part.isOpen) await this.rest();
    if (part.isOpen) this.open?.refresh();
    return joined(before, part);
  }

  private async rest(): Promise<void> {
    await this.deps.pause(duration(this.pause));
    this.pause = Math.min(2 * this.pause, longestPause);
  }

  private read(after: FeedPosition | undefined) {
    return this.deps.unitOfWork.read(async (tx) => {
      const { events, end, isOpen } = await tx.releases.recent(after, page);
      return { start: after ?? end, events, end, isOpen, releases: await releasesOf(tx, events) };
    });
  }
}

async function releasesOf(
  tx: Reads,
  events: readonly FeedEvent[],
): Promise<Map<ReleaseId, Release>> {
  const releases = new Map<ReleaseId, Release>();
  for (const id of new Set(events.map(({ release }) => release))) {
    const release = await tx.releases.get(id);
    if (release !== undefined) releases.set(id, release);
  }
  return releases;
}

function joined(before: Known, part: Known): Known {
  if (part.events.length === 0) return before;
  const all = [...before.events, ...part.events];
  const dropped = all.slice(0, Math.max(0, all.length - mostRecent));
  const events = all.slice(dropped.length);
  const named = new Set(events.map(({ release }) => release));
  const releases = [...before.releases, ...part.releases].filter(([id]) => named.has(id));
  return {
    events,
    releases: new Map(releases),
    start: dropped.at(-1)?.position ?? before.start,
    end: part.end,
  };
}

/** `undefined` where the position is none of those that are kept. */
function eventsAfter(at: FeedPosition, known: Known): readonly FeedEvent[] | undefined {
  if (at === known.end) return [];
  if (at === known.start) return known.events;
  const index = known.events.findLastIndex(({ position }) => position === at);
  return index === -1 ? undefined : known.events.slice(index + 1);
}
