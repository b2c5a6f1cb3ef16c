import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import { toNewSource, toSourceName, toSourceView } from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, toPage, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, outcome, thenOk, withoutNulls } from '../outcome.js';

@Resolver('Source')
export class SourceResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('source')
  async one(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toSourceName(name), (known) =>
      this.useCases.getSource(known, caller),
    );
    return orNull(mapOk(found, toSourceView));
  }

  @Query('sources')
  async list(@Args() args: ListArguments, @Context() { caller }: GraphqlContext) {
    return toConnection(
      orRefuse(await this.useCases.listSources(orRefuse(toPage(args)), caller)),
      toSourceView,
      args,
    );
  }

  @Mutation('putSource')
  async put(@Args('source') input: unknown, @Context() { caller }: GraphqlContext) {
    const stored = await thenOk(toNewSource(withoutNulls(input)), (source) =>
      this.useCases.putSource(source, caller),
    );
    return outcome(
      'SourcePayload',
      mapOk(stored, (record) => ({ source: toSourceView(record) })),
    );
  }

  @Mutation('removeSource')
  async remove(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const removed = await thenOk(toSourceName(name), (known) =>
      this.useCases.removeSource(known, caller),
    );
    return outcome(
      'RemovedPayload',
      mapOk(removed, () => ({ name })),
    );
  }
}
