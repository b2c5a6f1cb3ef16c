import {
  SpillwayError,
  SpillwayUnreachable,
  type ReleaseEvent,
  type SpillwayClient,
} from '@spillway/sdk';
import type { Change } from './viewer.js';

/** The release now and after each change, each time with the events that came since. */
export async function* followRelease(
  { releases }: Pick<SpillwayClient, 'releases'>,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Change, void> {
  // The watch waits patiently for a server that is away. A first look does not, so that a
  // mistyped address is told at once.
  await releases.get(id, { signal });
  let after = 0;
  for await (const release of releases.watch(id, { signal })) {
    const news: ReleaseEvent[] = [];
    try {
      for await (const event of releases.allEvents(id, { after, signal })) news.push(event);
    } catch (thrown) {
      if (!isPassing(thrown)) throw thrown;
    }
    after = news.at(-1)?.sequence ?? after;
    yield { release, news };
  }
}

/** The server is away for a moment. What is missed now comes with the next change. */
const isPassing = (thrown: unknown): boolean =>
  thrown instanceof SpillwayUnreachable ||
  (thrown instanceof SpillwayError && thrown.status >= 500);
