import { Inject } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import { releaseId } from '@spillway/kernel';
import { toHookCallListing, toHookCallView, type ReleaseView } from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';

interface HookCallArguments extends ListArguments {
  readonly hook?: string | null;
}

@Resolver('Release')
export class HookCallResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @ResolveField('hookCalls')
  async hookCalls(
    @Parent() { id }: ReleaseView,
    @Args() { first, after, hook }: HookCallArguments,
    @Context() { caller }: GraphqlContext,
  ) {
    const range = orRefuse(
      toHookCallListing({
        limit: first ?? undefined,
        cursor: after ?? undefined,
        hook: hook ?? undefined,
      }),
    );
    const calls = await this.useCases.listHookCalls(releaseId(id), range, caller);
    return toConnection(orRefuse(calls), toHookCallView, { after });
  }
}
