import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import {
  toNewNotification,
  toNotificationName,
  toNotificationView,
  toOutgoingDeliveryView,
  withIdempotencyKey,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, toPage, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, outcome, thenOk, withoutNulls } from '../outcome.js';

@Resolver('Notification')
export class NotificationResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('notification')
  async one(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toNotificationName(name), (known) =>
      this.useCases.getNotification(known, caller),
    );
    return orNull(mapOk(found, toNotificationView));
  }

  @Query('notifications')
  async list(@Args() args: ListArguments, @Context() { caller }: GraphqlContext) {
    const page = await this.useCases.listNotifications(orRefuse(toPage(args)), caller);
    return toConnection(orRefuse(page), toNotificationView, args);
  }

  @Mutation('putNotification')
  async put(@Args('notification') input: unknown, @Context() { caller }: GraphqlContext) {
    const stored = await thenOk(toNewNotification(withoutNulls(input)), (endpoint) =>
      this.useCases.putNotification(endpoint, caller),
    );
    return outcome(
      'NotificationPayload',
      mapOk(stored, (record) => ({ notification: toNotificationView(record) })),
    );
  }

  @Mutation('removeNotification')
  async remove(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const removed = await thenOk(toNotificationName(name), (known) =>
      this.useCases.removeNotification(known, caller),
    );
    return outcome(
      'RemovedPayload',
      mapOk(removed, () => ({ name })),
    );
  }

  @Mutation('testNotification')
  async test(
    @Args('name') name: string,
    @Args('idempotencyKey') key: string | null | undefined,
    @Context() { caller }: GraphqlContext,
  ) {
    const queued = await thenOk(withIdempotencyKey(caller, key), (asking) =>
      thenOk(toNotificationName(name), (known) => this.useCases.testNotification(known, asking)),
    );
    return outcome(
      'OutgoingDeliveryPayload',
      mapOk(queued, (delivery) => ({ delivery: toOutgoingDeliveryView(delivery) })),
    );
  }
}
