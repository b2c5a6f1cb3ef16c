import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import {
  toDeliveryId,
  toReceivedDeliveryView,
  toReceivedFilter,
  withIdempotencyKey,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, toPage, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, outcome, thenOk, withoutNulls } from '../outcome.js';

@Resolver('ReceivedDelivery')
export class ReceivedDeliveryResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('receivedDelivery')
  async one(@Args('id') id: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toDeliveryId(id), (known) =>
      this.useCases.getReceivedDelivery(known, caller),
    );
    return orNull(mapOk(found, toReceivedDeliveryView));
  }

  @Query('receivedDeliveries')
  async list(
    @Args() { first, after, ...wanted }: ListArguments & Record<string, unknown>,
    @Context() { caller }: GraphqlContext,
  ) {
    const args = { first, after };
    const filter = orRefuse(toReceivedFilter(withoutNulls(wanted)));
    const page = orRefuse(toPage(args));
    const found = await this.useCases.listReceivedDeliveries(filter, page, caller);
    return toConnection(orRefuse(found), toReceivedDeliveryView, args);
  }

  @Mutation('redeliverReceived')
  async redeliver(
    @Args('id') id: string,
    @Args('idempotencyKey') key: string | undefined,
    @Context() { caller }: GraphqlContext,
  ) {
    const again = await thenOk(toDeliveryId(id), async (known) =>
      thenOk(withIdempotencyKey(caller, key ?? undefined), (asking) =>
        this.useCases.redeliverReceived(known, asking),
      ),
    );
    return outcome(
      'ReceivedDeliveryPayload',
      mapOk(again, (delivery) => ({ delivery: toReceivedDeliveryView(delivery) })),
    );
  }
}
