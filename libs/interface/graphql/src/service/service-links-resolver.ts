import { Inject } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import { clusterName, releaseId, serviceName } from '@spillway/kernel';
import {
  toReleaseListing,
  toReleaseView,
  type ReleaseView,
  type ServiceView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { inRestWords, toConnection, type ListArguments } from '../connection.js';
import { allOf } from '../loading/all-of.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { liveTraffic, type LiveTraffic } from './live-traffic.js';

/** What leads from a service to others. */
@Resolver('Service')
export class ServiceLinksResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @ResolveField('clusterNodes')
  clusters(@Parent() { clusters }: ServiceView, @Context() { loaders }: GraphqlContext) {
    return allOf(loaders.clusters, clusters.map(clusterName));
  }

  @ResolveField('currentRelease')
  current(@Parent() { name }: ServiceView, @Context() { loaders }: GraphqlContext) {
    return loaders.running.load(serviceName(name));
  }

  @ResolveField('latestReleaseNode')
  async latest(
    @Parent() { latestRelease }: ServiceView,
    @Context() { loaders }: GraphqlContext,
  ): Promise<ReleaseView | null> {
    return latestRelease === undefined ? null : loaders.releases.load(releaseId(latestRelease));
  }

  @ResolveField('live')
  async live(
    @Parent() service: ServiceView,
    @Context() context: GraphqlContext,
  ): Promise<readonly LiveTraffic[]> {
    return liveTraffic(service, await this.latest(service, context));
  }

  @ResolveField('releases')
  async releases(
    @Parent() { name }: ServiceView,
    @Args() args: ListArguments,
    @Context() { caller }: GraphqlContext,
  ) {
    const asked = { ...args, service: name };
    const { filter, page } = orRefuse(toReleaseListing(inRestWords(asked)));
    const releases = orRefuse(await this.useCases.listReleases(filter, page, caller));
    return toConnection(releases, toReleaseView, args);
  }
}
