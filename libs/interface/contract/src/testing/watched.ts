import { EventEmitter, once } from 'node:events';
import type { FeedNews, FeedPosition, ReleaseNews, StoredEvent } from '@spillway/application';
import type { Release } from '@spillway/domain-release';

/** Releases that tests move by hand while others watch. */
export class Watched {
  private readonly byId = new Map<string, Release>();
  private readonly bell = new EventEmitter().setMaxListeners(0);
  private trouble: Error | undefined;
  /** How many watch now. */
  watchers = 0;

  get = (id: string): Release | undefined => this.byId.get(id);

  all = (): readonly Release[] => [...this.byId.values()];

  put(release: Release): void {
    this.byId.set(release.id, release);
    this.bell.emit('change');
  }

  /** Every watch fails so after its next change. */
  breakOff(error: Error): void {
    this.trouble = error;
    this.bell.emit('change');
  }

  async *watch(
    id: string,
    signal: AbortSignal,
    isLast: (release: Release) => boolean,
  ): AsyncGenerator<Release, void> {
    this.watchers += 1;
    try {
      for (let seen = 0; !signal.aborted;) {
        const changed = once(this.bell, 'change', { signal }).catch(() => undefined);
        const release = this.get(id);
        if (release !== undefined && release.revision > seen) {
          seen = release.revision;
          yield release;
          if (isLast(release)) return;
        }
        await changed;
        if (this.trouble !== undefined) throw this.trouble;
      }
    } finally {
      this.watchers -= 1;
    }
  }
}

/** The states with the events that led to each. */
export async function* newsOf(
  states: AsyncIterable<Release>,
  events: readonly StoredEvent[],
  after: number | undefined,
): AsyncGenerator<ReleaseNews, void> {
  let seen = after;
  for await (const release of states) {
    const from = seen ?? release.revision;
    const fresh = ({ sequence }: StoredEvent) => sequence > from && sequence <= release.revision;
    yield { release, events: events.filter(fresh) };
    seen = Math.max(from, release.revision);
  }
}

/** All events, each at the position of its sequence number, as those of the first release. */
export async function* feedOf(
  [release]: readonly Release[],
  events: readonly StoredEvent[],
  after: FeedPosition | undefined,
): AsyncGenerator<FeedNews, void> {
  if (release === undefined) return;
  const { id, service } = release;
  const told = events
    .filter(({ sequence }) => sequence > Number(after ?? 0))
    .map((stored) => ({
      ...stored,
      release: id,
      service,
      position: String(stored.sequence) as FeedPosition,
    }));
  const end = told.at(-1)?.position ?? after ?? ('0' as FeedPosition);
  yield await Promise.resolve({ events: told, releases: new Map([[id, release]]), end });
}
