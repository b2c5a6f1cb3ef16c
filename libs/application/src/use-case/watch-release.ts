import { sees, isLimited } from '@spillway/domain-access';
import type { Release } from '@spillway/domain-release';
import { ok, refuse, type ReleaseId } from '@spillway/kernel';
import type { Caller } from '../access/caller.js';
import { namespaceOf, placeOf } from '../access/where.js';
import type { FeedEvent, FeedPosition } from '../port/release-store.js';
import type { FeedChannel, FeedNews } from '../watch/feed-channel.js';
import type { ReleaseChannels, ReleaseNews } from '../watch/release-channels.js';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { FeedFilter, UseCases } from './use-cases.js';

/** What is watched in this process, and by how many. */
export interface Watching extends Pick<UseCaseDeps, 'unitOfWork'> {
  readonly releases: ReleaseChannels;
  readonly feed: FeedChannel;
}

export const watchRelease =
  (watching: Watching): UseCases['watchRelease'] =>
  async (id, signal) => {
    if (!(await exists(watching, id))) return refuse(notFound('UNKNOWN_RELEASE', id));
    return ok(statesOf(watching.releases.follow(id, undefined, signal)));
  };

export const followRelease =
  (watching: Watching): UseCases['followRelease'] =>
  async ({ release, after }, signal) => {
    if (!(await exists(watching, release))) return refuse(notFound('UNKNOWN_RELEASE', release));
    return ok(watching.releases.follow(release, after, signal));
  };

const exists = ({ unitOfWork }: Watching, id: ReleaseId): Promise<boolean> =>
  unitOfWork.read(async (tx) => (await tx.releases.get(id)) !== undefined);

async function* statesOf(news: AsyncIterable<ReleaseNews>): AsyncGenerator<Release, void> {
  let seen = 0;
  for await (const { release } of news) {
    if (release.revision > seen) yield release;
    seen = release.revision;
  }
}

export const followReleases =
  (watching: Watching): UseCases['followReleases'] =>
  async ({ filter, after }, signal, caller) => {
    const { unitOfWork, feed } = watching;
    // Whoever reads on from a place that this database never gave is told so before it begins, and
    // whoever begins now misses nothing that happens after he was told that he follows.
    const { end } = await unitOfWork.read((tx) => tx.releases.recent(after, 1));
    const isWanted = matching(filter);
    const sight = new Sight(watching, caller);
    const from = after ?? end;
    return ok(wantedOf(from, feed.follow(from, signal), isWanted, sight));
  };

const matching =
  ({ service, namespace }: FeedFilter) =>
  (event: FeedEvent): boolean =>
    (service === undefined || event.service === service) &&
    (namespace === undefined || namespaceOf(event.service) === namespace);

/** First nothing but where it begins: whoever is cut off before the first event needs that, too. */
async function* wantedOf(
  from: FeedPosition,
  news: AsyncIterable<FeedNews>,
  isWanted: (event: FeedEvent) => boolean,
  sight: Sight,
): AsyncGenerator<FeedNews, void> {
  yield { events: [], releases: new Map(), end: from };
  for await (const { events, releases, end } of news) {
    const wanted: FeedEvent[] = [];
    for (const event of events.filter(isWanted)) {
      if (await sight.sees(event.release)) wanted.push(event);
    }
    const named = new Set(wanted.map(({ release }) => release));
    const told = [...releases].filter(([id]) => named.has(id));
    yield { events: wanted, releases: new Map(told), end };
  }
}

/** Which releases a caller may see. Where one is does not change. */
class Sight {
  private readonly known = new Map<ReleaseId, boolean>();

  constructor(
    private readonly watching: Watching,
    private readonly caller: Caller,
  ) {}

  async sees(id: ReleaseId): Promise<boolean> {
    const { grants } = this.caller;
    if (grants.some((grant) => !isLimited(grant))) return true;
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const place = await this.watching.unitOfWork.read((tx) => placeOf(tx, { kind: 'release', id }));
    const isSeen =
      place !== undefined &&
      sees(
        grants,
        grants.map(({ role }) => role),
        place,
      );
    this.known.set(id, isSeen);
    return isSeen;
  }
}
