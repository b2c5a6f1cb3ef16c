import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import {
  toDeliveryId,
  toOutgoingDeliveryView,
  toOutgoingFilter,
  withIdempotencyKey,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, toPage, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, outcome, thenOk, withoutNulls } from '../outcome.js';

interface OutgoingArguments extends ListArguments {
  readonly endpoint?: string | null;
  readonly release?: string | null;
  readonly state?: string | null;
}

@Resolver('OutgoingDelivery')
export class OutgoingDeliveryResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('outgoingDelivery')
  async one(@Args('id') id: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toDeliveryId(id), (known) =>
      this.useCases.getOutgoingDelivery(known, caller),
    );
    return orNull(mapOk(found, toOutgoingDeliveryView));
  }

  @Query('outgoingDeliveries')
  async list(@Args() args: OutgoingArguments, @Context() { caller }: GraphqlContext) {
    const { first, after, ...filter } = args;
    const page = orRefuse(toPage({ first, after }));
    const wanted = orRefuse(toOutgoingFilter(withoutNulls(filter)));
    const found = await this.useCases.listOutgoingDeliveries(wanted, page, caller);
    return toConnection(orRefuse(found), toOutgoingDeliveryView, args);
  }

  @Mutation('redeliverOutgoing')
  async redeliver(
    @Args('id') id: string,
    @Args('idempotencyKey') key: string | null | undefined,
    @Context() { caller }: GraphqlContext,
  ) {
    const queued = await thenOk(withIdempotencyKey(caller, key), (asking) =>
      thenOk(toDeliveryId(id), (known) => this.useCases.redeliverOutgoing(known, asking)),
    );
    return outcome(
      'OutgoingDeliveryPayload',
      mapOk(queued, (delivery) => ({ delivery: toOutgoingDeliveryView(delivery) })),
    );
  }
}
