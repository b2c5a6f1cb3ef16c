import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { ClusterStatus, UseCases } from '@spillway/application';
import { ok } from '@spillway/kernel';
import {
  toClusterName,
  toClusterView,
  toNewCluster,
  toProbeView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, toPage, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, outcome, thenOk, withoutNulls } from '../outcome.js';

@Resolver('Cluster')
export class ClusterResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('cluster')
  async one(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toClusterName(name), (known) =>
      this.useCases.getCluster(known, caller),
    );
    return orNull(mapOk(found, toClusterView));
  }

  @Query('clusters')
  async list(@Args() args: ListArguments, @Context() { caller }: GraphqlContext) {
    return toConnection(
      orRefuse(await this.useCases.listClusters(orRefuse(toPage(args)), caller)),
      toClusterView,
      args,
    );
  }

  @Mutation('putCluster')
  async put(@Args('cluster') input: unknown, @Context() { caller }: GraphqlContext) {
    const cluster = toNewCluster(withoutNulls(input));
    const stored = await thenOk(cluster, (given) => this.useCases.putCluster(given, caller));
    const known = await thenOk(stored, async (record) => {
      const now = await this.useCases.getCluster(record.name, caller);
      return now.ok ? now : ok<ClusterStatus>({ record, state: 'notConnected' });
    });
    return outcome(
      'ClusterPayload',
      mapOk(known, (status) => ({ cluster: toClusterView(status) })),
    );
  }

  @Mutation('removeCluster')
  async remove(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const removed = await thenOk(toClusterName(name), (known) =>
      this.useCases.removeCluster(known, caller),
    );
    return outcome(
      'RemovedPayload',
      mapOk(removed, () => ({ name })),
    );
  }

  @Mutation('probeCluster')
  async probe(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toClusterName(name), (known) =>
      this.useCases.probeCluster(known, caller),
    );
    return outcome(
      'ProbePayload',
      mapOk(found, (findings) => ({ probe: toProbeView(findings) })),
    );
  }
}
