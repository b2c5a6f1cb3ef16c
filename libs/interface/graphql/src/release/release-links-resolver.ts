import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { clusterName, serviceName, strategyName } from '@spillway/kernel';
import type { ReleaseView } from '@spillway/interface-contract';
import type { GraphqlContext } from '../options.js';
import { rolloutNodes } from './nodes.js';

/** What leads from a release to others. */
@Resolver('Release')
export class ReleaseLinksResolver {
  @ResolveField('serviceNode')
  service(@Parent() { service }: ReleaseView, @Context() { loaders }: GraphqlContext) {
    return loaders.services.load(serviceName(service));
  }

  @ResolveField('rollouts')
  rollouts(@Parent() release: ReleaseView) {
    return rolloutNodes(release);
  }
}

@Resolver('StrategyReference')
export class StrategyReferenceResolver {
  @ResolveField('node')
  node(
    @Parent() { name, version }: ReleaseView['strategy'],
    @Context() { loaders }: GraphqlContext,
  ) {
    return loaders.strategies.load({ name: strategyName(name), version });
  }
}

/** Both name the cluster that they are about. */
const toCluster = ({ cluster }: { readonly cluster: string }, { loaders }: GraphqlContext) =>
  loaders.clusters.load(clusterName(cluster));

@Resolver('Rollout')
export class RolloutLinksResolver {
  @ResolveField('clusterNode')
  cluster(@Parent() rollout: { readonly cluster: string }, @Context() context: GraphqlContext) {
    return toCluster(rollout, context);
  }
}

@Resolver('LiveTraffic')
export class LiveTrafficLinksResolver {
  @ResolveField('clusterNode')
  cluster(@Parent() live: { readonly cluster: string }, @Context() context: GraphqlContext) {
    return toCluster(live, context);
  }
}
