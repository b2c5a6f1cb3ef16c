import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Caller, UseCases } from '@spillway/application';
import type { Release } from '@spillway/domain-release';
import {
  toApprovalWaitingView,
  toGateView,
  toJudgeRelease,
  toReleaseId,
  toReleaseView,
  toServiceName,
  toSetGate,
  withIdempotencyKey,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import type { Refusal, Result } from '@spillway/kernel';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, outcome, thenOk, withoutNulls } from '../outcome.js';

interface JudgeArguments {
  readonly id: string;
  readonly idempotencyKey?: string | null;
  readonly gate?: string | null;
  readonly plan?: string | null;
  readonly comment?: string | null;
}

interface GateArguments {
  readonly service: string;
  readonly name: string;
  readonly state: string;
  readonly comment?: string | null;
}

@Resolver()
export class GateResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('approvalsWaiting')
  async waiting(@Context() { caller }: GraphqlContext) {
    return orRefuse(await this.useCases.listApprovalsWaiting(caller)).map(toApprovalWaitingView);
  }

  @Query('gates')
  async gates(@Args('service') name: string, @Context() { caller }: GraphqlContext) {
    const service = orRefuse(toServiceName(name));
    return orRefuse(await this.useCases.listGates(service, caller)).map(toGateView);
  }

  @Mutation('approveRelease')
  approve(@Args() args: JudgeArguments, @Context() { caller }: GraphqlContext) {
    return this.judge('approveRelease', args, caller);
  }

  @Mutation('rejectRelease')
  reject(@Args() args: JudgeArguments, @Context() { caller }: GraphqlContext) {
    return this.judge('rejectRelease', args, caller);
  }

  @Mutation('setGate')
  async set(@Args() args: GateArguments, @Context() { caller }: GraphqlContext) {
    const { service, name, ...body } = args;
    const set = await thenOk(toServiceName(service), async (known) =>
      thenOk(toSetGate(known, name, withoutNulls(body)), (gate) =>
        this.useCases.setGate(gate, caller),
      ),
    );
    return outcome(
      'GatePayload',
      mapOk(set, (gate) => ({ gate: toGateView(gate) })),
    );
  }

  private async judge(
    verb: 'approveRelease' | 'rejectRelease',
    { id, idempotencyKey, ...body }: JudgeArguments,
    caller: Caller,
  ) {
    const judge = (asking: Caller): Promise<Result<Release, Refusal>> =>
      thenOk(toReleaseId(id), async (release) =>
        thenOk(toJudgeRelease(release, withoutNulls(body)), (judged) =>
          this.useCases[verb](judged, asking),
        ),
      );
    const judged = await thenOk(withIdempotencyKey(caller, idempotencyKey), judge);
    return outcome(
      'ReleasePayload',
      mapOk(judged, (release) => ({ release: toReleaseView(release) })),
    );
  }
}
