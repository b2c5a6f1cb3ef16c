import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { EgressRecord, UseCases } from '@spillway/application';
import type { Refusal, Result } from '@spillway/kernel';
import {
  toEgressPolicyView,
  toEgressReportView,
  toEgressStatusView,
  toEnforceEgress,
  toNamespaceName,
  toPutEgress,
  toReportWindow,
  toRollbackEgress,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, toPage, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, outcome, thenOk, withoutNulls } from '../outcome.js';

interface Closing {
  readonly name: string;
  readonly acceptBlocked?: string | null;
  readonly window?: string | null;
}

@Resolver('EgressPolicy')
export class EgressResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('egressPolicy')
  async one(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toNamespaceName(name), (known) =>
      this.useCases.getEgressPolicy(known, caller),
    );
    return orNull(mapOk(found, toEgressStatusView));
  }

  @Query('egressPolicies')
  async list(@Args() args: ListArguments, @Context() { caller }: GraphqlContext) {
    const page = orRefuse(await this.useCases.listEgressPolicies(orRefuse(toPage(args)), caller));
    return toConnection(page, toEgressPolicyView, args);
  }

  @Query('egressReport')
  async report(
    @Args('name') name: string,
    @Args('window') asked: string | null | undefined,
    @Context() { caller }: GraphqlContext,
  ) {
    const window = orRefuse(toReportWindow(withoutNulls({ window: asked })));
    const report = await thenOk(toNamespaceName(name), (known) =>
      this.useCases.reportEgress(known, window, caller),
    );
    return orNull(mapOk(report, toEgressReportView));
  }

  @Mutation('putEgressPolicy')
  async put(@Args('egressPolicy') input: unknown, @Context() { caller }: GraphqlContext) {
    const policy = toPutEgress(withoutNulls(input));
    return payload(await thenOk(policy, (wanted) => this.useCases.putEgressPolicy(wanted, caller)));
  }

  @Mutation('enforceEgress')
  async enforce(@Args() { name, ...given }: Closing, @Context() { caller }: GraphqlContext) {
    const command = await thenOk(toNamespaceName(name), (known) =>
      Promise.resolve(toEnforceEgress(known, withoutNulls(given))),
    );
    return payload(await thenOk(command, (told) => this.useCases.enforceEgress(told, caller)));
  }

  @Mutation('rollbackEgress')
  async rollback(
    @Args('name') name: string,
    @Args('comment') comment: string | null,
    @Context() { caller }: GraphqlContext,
  ) {
    const command = await thenOk(toNamespaceName(name), (known) =>
      Promise.resolve(toRollbackEgress(known, withoutNulls({ comment }))),
    );
    return payload(await thenOk(command, (told) => this.useCases.rollbackEgress(told, caller)));
  }
}

const payload = (result: Result<EgressRecord, Refusal>) =>
  outcome(
    'EgressPolicyPayload',
    mapOk(result, (record) => ({ egressPolicy: toEgressPolicyView(record) })),
  );
