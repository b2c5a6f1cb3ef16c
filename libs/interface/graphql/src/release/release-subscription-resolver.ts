import { Inject } from '@nestjs/common';
import { Args, Context, Resolver, Subscription } from '@nestjs/graphql';
import type { FeedFilter, FeedPosition, UseCases } from '@spillway/application';
import type { ServiceName } from '@spillway/kernel';
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
    const position = await this.start(given.after, context);
    const controller = new AbortController();
    const changes = this.changes(filter, position, { ...context, signal: controller.signal });
    return telling(context, controller, changes, (releasesChanged) => ({ releasesChanged }));
  }

  @Subscription('serviceChanged')
  async service(@Args('name') name: string, @Context() context: GraphqlContext) {
    const service = orRefuse(toServiceName(name));
    const position = await this.start(undefined, context);
    const now = toServiceView(orRefuse(await this.useCases.getService(service, context.caller)));
    const controller = new AbortController();
    const following = { ...context, signal: controller.signal };
    const states = this.serviceStates(service, { now, position }, following);
    return telling(context, controller, states, (serviceChanged) => ({ serviceChanged }));
  }

  /** Where to read on; read before anything else is, so that nothing falls in between. */
  private async start(after: string | null | undefined, { caller }: GraphqlContext) {
    if (typeof after === 'string') return after as FeedPosition;
    return orRefuse(await this.useCases.getFeedPosition(caller));
  }

  private async *changes(
    filter: FeedFilter,
    after: FeedPosition,
    { caller, signal }: Following,
  ): AsyncGenerator<ReleaseChange, void> {
    const wanted = { filter, after };
    const followed = orRefuse(await this.useCases.followReleases(wanted, signal, caller));
    yield { position: after };
    for await (const news of followed) yield* changesIn(news);
  }

  private async *serviceStates(
    service: ServiceName,
    { now, position }: { readonly now: ServiceView; readonly position: FeedPosition },
    { caller, signal }: Following,
  ): AsyncGenerator<ServiceView, void> {
    const wanted = { filter: { service }, after: position };
    const followed = orRefuse(await this.useCases.followReleases(wanted, signal, caller));
    yield now;
    for await (const _news of followed) {
      yield toServiceView(orRefuse(await this.useCases.getService(service, caller)));
    }
  }
}

type Following = GraphqlContext & { readonly signal: AbortSignal };

const toFilter = ({ service, namespace }: Filter): FeedFilter => ({
  ...(service == null ? {} : { service: orRefuse(toServiceName(service)) }),
  ...(namespace == null ? {} : { namespace: orRefuse(toNamespaceName(namespace)) }),
});
