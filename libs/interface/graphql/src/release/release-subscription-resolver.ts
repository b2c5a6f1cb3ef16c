import { Inject } from '@nestjs/common';
import { Args, Context, Resolver, Subscription } from '@nestjs/graphql';
import type {
  FeedFilter,
  FeedNews,
  FeedPosition,
  UseCases,
  WatchAllFrom,
} from '@spillway/application';
import {
  toNamespaceName,
  toReleaseId,
  toReleaseView,
  toServiceName,
  toServiceView,
  type ReleaseView,
  type ServiceView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { thenOk } from '../outcome.js';
import { changesIn, type ReleaseChange } from './release-changes.js';
import { telling } from './telling.js';

interface Filter {
  readonly service?: string | null;
  readonly namespace?: string | null;
  readonly after?: string | null;
}

@Resolver()
export class ReleaseSubscriptionResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Subscription('releaseChanged')
  async release(@Args('id') id: string, @Context() context: GraphqlContext) {
    const controller = new AbortController();
    const watched = await thenOk(toReleaseId(id), (known) =>
      this.useCases.watchRelease(known, controller.signal, context.caller),
    );
    const changes = orRefuse(watched);
    return telling(context, controller, changes, (release): { releaseChanged: ReleaseView } => ({
      releaseChanged: toReleaseView(release),
    }));
  }

  @Subscription('releasesChanged')
  async releases(@Args() given: Filter, @Context() context: GraphqlContext) {
    const filter = toFilter(given);
    const after = await this.start(given.after, context);
    const controller = new AbortController();
    const news = await this.follow({ filter, after }, controller, context);
    const changes = changesFrom(after, news);
    return telling(context, controller, changes, (releasesChanged) => ({ releasesChanged }));
  }

  @Subscription('serviceChanged')
  async service(@Args('name') name: string, @Context() context: GraphqlContext) {
    const service = orRefuse(toServiceName(name));
    const after = await this.start(undefined, context);
    const controller = new AbortController();
    const read = async (): Promise<ServiceView> =>
      toServiceView(orRefuse(await this.useCases.getService(service, context.caller)));
    const now = await read();
    const news = await this.follow({ filter: { service }, after }, controller, context);
    const states = statesFrom(now, news, read);
    return telling(context, controller, states, (serviceChanged) => ({ serviceChanged }));
  }

  /** Where to read on; read before anything else is, so that nothing falls in between. */
  private async start(after: string | null | undefined, { caller }: GraphqlContext) {
    if (typeof after === 'string') return after as FeedPosition;
    return orRefuse(await this.useCases.getFeedPosition(caller));
  }

  private async follow(
    wanted: WatchAllFrom,
    { signal }: AbortController,
    { caller }: GraphqlContext,
  ) {
    return orRefuse(await this.useCases.followReleases(wanted, signal, caller));
  }
}

async function* changesFrom(
  position: FeedPosition,
  news: AsyncIterable<FeedNews>,
): AsyncGenerator<ReleaseChange, void> {
  yield { position };
  for await (const part of news) yield* changesIn(part);
}

async function* statesFrom(
  now: ServiceView,
  news: AsyncIterable<FeedNews>,
  read: () => Promise<ServiceView>,
): AsyncGenerator<ServiceView, void> {
  yield now;
  for await (const _part of news) yield await read();
}

const toFilter = ({ service, namespace }: Filter): FeedFilter => ({
  ...(typeof service === 'string' ? { service: orRefuse(toServiceName(service)) } : {}),
  ...(typeof namespace === 'string' ? { namespace: orRefuse(toNamespaceName(namespace)) } : {}),
});
