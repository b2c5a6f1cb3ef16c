import type { CallOptions, Release, ReleaseEvent } from '../types.js';
import { SpillwayError, SpillwayUnreachable } from '../core/errors.js';
import type { WatchOptions } from './watch-release.js';

export interface WatchEventsOptions extends WatchOptions {
  /** Only events after this sequence number. */
  readonly after?: number | undefined;
}

export interface Followed {
  watch(id: string, options: WatchOptions): AsyncIterable<Release>;
  events(id: string, options: CallOptions & { after: number }): AsyncIterable<ReleaseEvent>;
}

/**
 * The stream says that something changed; what changed is read from the history by sequence
 * number. So no event is lost, whatever broke off in between.
 */
export async function* watchEvents(
  releases: Followed,
  id: string,
  { after = 0, ...options }: WatchEventsOptions,
): AsyncGenerator<ReleaseEvent, void> {
  let seen = after;
  for await (const { final } of releases.watch(id, options)) {
    try {
      for await (const event of releases.events(id, { ...options, after: seen })) {
        seen = event.sequence;
        yield event;
      }
    } catch (thrown) {
      // The next change brings what is missed now; after the last one there is none.
      if (final || !isPassing(thrown)) throw thrown;
    }
  }
}

const isPassing = (thrown: unknown): boolean =>
  thrown instanceof SpillwayUnreachable ||
  (thrown instanceof SpillwayError && (thrown.status >= 500 || thrown.status === 429));
