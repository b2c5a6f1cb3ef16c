import { FeedChannel } from '../watch/feed-channel.js';
import { ReleaseChannels } from '../watch/release-channels.js';
import { changeReleaseStrategy } from './change-release-strategy.js';
import { commandRelease } from './command-release.js';
import type { UseCaseDeps } from './deps.js';
import { listHookCalls } from './hook-calls.js';
import { planRelease } from './plan-release.js';
import { retryRelease, undoRelease } from './release-instead.js';
import type { ReleaseUseCases } from './release-use-cases.js';
import {
  getRelease,
  getReleases,
  getRunningReleases,
  listReleases,
  listEvents,
  listLooks,
  getFeedPosition,
} from './releases.js';
import { startRelease } from './start-release.js';
import { followRelease, followReleases, watchRelease, type Watching } from './watch-release.js';

export const createReleaseUseCases = (deps: UseCaseDeps): ReleaseUseCases => ({
  planRelease: planRelease(deps),
  startRelease: startRelease(deps),
  commandRelease: commandRelease(deps),
  retryRelease: retryRelease(deps),
  undoRelease: undoRelease(deps),
  changeReleaseStrategy: changeReleaseStrategy(deps),
  getRelease: getRelease(deps),
  getReleases: getReleases(deps),
  getRunningReleases: getRunningReleases(deps),
  listReleases: listReleases(deps),
  listEvents: listEvents(deps),
  listHookCalls: listHookCalls(deps),
  listLooks: listLooks(deps),
  getFeedPosition: getFeedPosition(deps),
  ...watched({
    unitOfWork: deps.unitOfWork,
    releases: new ReleaseChannels(deps),
    feed: new FeedChannel(deps),
  }),
});

/** They share what they read, with each other and with everybody who watches the same. */
const watched = (watching: Watching) => ({
  watchRelease: watchRelease(watching),
  followRelease: followRelease(watching),
  followReleases: followReleases(watching),
});
