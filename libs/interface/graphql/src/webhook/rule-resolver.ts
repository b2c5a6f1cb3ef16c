import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import {
  toRule,
  toRuleName,
  toRuleTestView,
  toRuleView,
  toTestRule,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, toPage, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, outcome, thenOk, withoutNulls } from '../outcome.js';

/** What is in a payload is the sender’s: nulls stay in it. */
interface TestInput {
  readonly payload?: unknown;
}

@Resolver('Rule')
export class RuleResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('rule')
  async one(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toRuleName(name), (known) => this.useCases.getRule(known, caller));
    return orNull(mapOk(found, toRuleView));
  }

  @Query('rules')
  async list(@Args() args: ListArguments, @Context() { caller }: GraphqlContext) {
    const page = await this.useCases.listRules(orRefuse(toPage(args)), caller);
    return toConnection(orRefuse(page), toRuleView, args);
  }

  @Query('testRule')
  async test(
    @Args('test') { payload, ...input }: TestInput,
    @Context() { caller }: GraphqlContext,
  ) {
    const sent = payload === undefined ? {} : { payload };
    const wanted = orRefuse(toTestRule({ ...(withoutNulls(input) as object), ...sent }));
    return toRuleTestView(orRefuse(await this.useCases.testRule(wanted, caller)));
  }

  @Mutation('putRule')
  async put(@Args('rule') input: unknown, @Context() { caller }: GraphqlContext) {
    const stored = await thenOk(toRule(withoutNulls(input)), (rule) =>
      this.useCases.putRule(rule, caller),
    );
    return outcome(
      'RulePayload',
      mapOk(stored, (record) => ({ rule: toRuleView(record) })),
    );
  }

  @Mutation('removeRule')
  async remove(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const removed = await thenOk(toRuleName(name), (known) =>
      this.useCases.removeRule(known, caller),
    );
    return outcome(
      'RemovedPayload',
      mapOk(removed, () => ({ name })),
    );
  }
}
