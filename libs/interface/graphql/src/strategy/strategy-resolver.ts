import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import {
  parse,
  strategyQuery,
  toStrategy,
  toStrategyName,
  toStrategyView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, toPage, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, outcome, thenOk, withoutNulls } from '../outcome.js';

@Resolver('Strategy')
export class StrategyResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('strategy')
  async one(
    @Args('name') name: string,
    @Args('version') asked: number | null | undefined,
    @Context() { caller }: GraphqlContext,
  ) {
    const { version } = orRefuse(parse(strategyQuery, { version: asked ?? undefined }));
    const found = await thenOk(toStrategyName(name), (known) =>
      this.useCases.getStrategy(known, version, caller),
    );
    return orNull(mapOk(found, toStrategyView));
  }

  @Query('strategies')
  async list(@Args() args: ListArguments, @Context() { caller }: GraphqlContext) {
    return toConnection(
      orRefuse(await this.useCases.listStrategies(orRefuse(toPage(args)), caller)),
      toStrategyView,
      args,
    );
  }

  @Mutation('putStrategy')
  async put(@Args('strategy') input: unknown, @Context() { caller }: GraphqlContext) {
    const strategy = toStrategy(withoutNulls(input));
    const stored = await thenOk(strategy, (given) => this.useCases.putStrategy(given, caller));
    return outcome(
      'StrategyPayload',
      mapOk(stored, (record) => ({ strategy: toStrategyView(record) })),
    );
  }
}
