import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import { toReleasePlanView, toStartRelease } from '@spillway/interface-contract';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, outcome, thenOk, withoutNulls } from '../outcome.js';

@Resolver()
export class ReleasePlanResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('releasePlan')
  async plan(@Args('release') input: unknown, @Context() { caller }: GraphqlContext) {
    const answer = await thenOk(toStartRelease(withoutNulls(input)), (command) =>
      this.useCases.planRelease(command, caller),
    );
    return outcome(
      'ReleasePlanPayload',
      mapOk(answer, (plan) => ({ plan: toReleasePlanView(plan) })),
    );
  }
}
