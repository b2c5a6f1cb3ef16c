import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import {
  toFreezeWindow,
  toFreezeWindowName,
  toFreezeWindowView,
  toOverrideFreeze,
  toReleaseId,
  toReleaseView,
  withIdempotencyKey,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, toPage, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, outcome, thenOk, withoutNulls } from '../outcome.js';

interface OverrideArguments {
  readonly id: string;
  readonly reason: string;
  readonly idempotencyKey?: string | null;
}

@Resolver('FreezeWindow')
export class FreezeWindowResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('freezeWindow')
  async one(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toFreezeWindowName(name), (known) =>
      this.useCases.getFreezeWindow(known, caller),
    );
    return orNull(mapOk(found, toFreezeWindowView));
  }

  @Query('freezeWindows')
  async list(@Args() args: ListArguments, @Context() { caller }: GraphqlContext) {
    return toConnection(
      orRefuse(await this.useCases.listFreezeWindows(orRefuse(toPage(args)), caller)),
      toFreezeWindowView,
      args,
    );
  }

  @Mutation('putFreezeWindow')
  async put(@Args('window') input: unknown, @Context() { caller }: GraphqlContext) {
    const stored = await thenOk(toFreezeWindow(withoutNulls(input)), (window) =>
      this.useCases.putFreezeWindow(window, caller),
    );
    return outcome(
      'FreezeWindowPayload',
      mapOk(stored, (record) => ({ window: toFreezeWindowView(record) })),
    );
  }

  @Mutation('removeFreezeWindow')
  async remove(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const removed = await thenOk(toFreezeWindowName(name), (known) =>
      this.useCases.removeFreezeWindow(known, caller),
    );
    return outcome(
      'RemovedPayload',
      mapOk(removed, () => ({ name })),
    );
  }

  @Mutation('overrideFreeze')
  async override(
    @Args() { id, reason, idempotencyKey }: OverrideArguments,
    @Context() { caller }: GraphqlContext,
  ) {
    const overridden = await thenOk(withIdempotencyKey(caller, idempotencyKey), async (asking) =>
      thenOk(toReleaseId(id), async (release) =>
        thenOk(toOverrideFreeze(release, { reason }), (wanted) =>
          this.useCases.overrideFreeze(wanted, asking),
        ),
      ),
    );
    return outcome(
      'ReleasePayload',
      mapOk(overridden, (release) => ({ release: toReleaseView(release) })),
    );
  }
}
