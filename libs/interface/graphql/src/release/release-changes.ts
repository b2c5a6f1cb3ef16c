import type { FeedNews } from '@spillway/application';
import { toReleaseView, type ReleaseView } from '@spillway/interface-contract';

export interface ReleaseChange {
  /** Absent in the first, which says from where on changes are told. */
  readonly release?: ReleaseView;
  /** Whoever reads on after it misses none. */
  readonly position: string;
}

/**
 * Each release that something happened to, as it is by now. They come in the order of
 * their last events: all that happened up to such an event has been told with it.
 */
export function changesIn({ events, releases }: FeedNews): readonly ReleaseChange[] {
  const last = new Map<string, string>();
  for (const { release, position } of events) {
    last.delete(release);
    last.set(release, position);
  }
  return [...last].flatMap(([id, position]) => {
    const release = [...releases.values()].find((one) => one.id === id);
    return release === undefined ? [] : [{ release: toReleaseView(release), position }];
  });
}
