import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import { releaseId } from '@spillway/kernel';
import {
  eventQuery,
  parse,
  toEventView,
  toLookListing,
  toLookView,
  toReleaseId,
  toReleaseListing,
  toReleaseView,
  type ReleaseView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { inRestWords, toConnection, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, thenOk } from '../outcome.js';
import { eventNode } from './nodes.js';

interface LookArguments extends ListArguments {
  readonly step?: number | null;
  readonly metric?: string | null;
  readonly cluster?: string | null;
}

@Resolver('Release')
export class ReleaseResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('release')
  async one(@Args('id') id: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toReleaseId(id), (known) => this.useCases.getRelease(known, caller));
    return orNull(mapOk(found, toReleaseView));
  }

  @Query('releases')
  async list(@Args() args: ListArguments, @Context() { caller }: GraphqlContext) {
    const { filter, page } = orRefuse(toReleaseListing(inRestWords(args)));
    return toConnection(
      orRefuse(await this.useCases.listReleases(filter, page, caller)),
      toReleaseView,
      args,
    );
  }

  @ResolveField('events')
  async events(
    @Parent() { id }: ReleaseView,
    @Args() { first, after }: ListArguments,
    @Context() { caller }: GraphqlContext,
  ) {
    const query = { limit: first ?? undefined, after: after ?? undefined };
    const asked = orRefuse(parse(eventQuery, query));
    const items = orRefuse(
      await this.useCases.listEvents(
        releaseId(id),
        { after: asked.after, limit: asked.limit },
        caller,
      ),
    );
    const cursors = items.map(({ sequence }) => String(sequence));
    const next = items.length === asked.limit ? cursors.at(-1) : undefined;
    const page = { items, cursors, ...(next === undefined ? {} : { next }) };
    return toConnection(page, (event) => eventNode(id, toEventView(event)), { after });
  }

  @ResolveField('looks')
  async looks(
    @Parent() { id }: ReleaseView,
    @Args() { first, after, step, metric, cluster }: LookArguments,
    @Context() { caller }: GraphqlContext,
  ) {
    const { filter, page } = orRefuse(
      toLookListing({
        limit: first ?? undefined,
        cursor: after ?? undefined,
        step: step ?? undefined,
        metric: metric ?? undefined,
        cluster: cluster ?? undefined,
      }),
    );
    const looks = await this.useCases.listLooks(
      releaseId(id),
      { filter: filter, page: page },
      caller,
    );
    return toConnection(orRefuse(looks), toLookView, { after });
  }
}
