import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import { toNewWebhook, toWebhookName, toWebhookView } from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { toConnection, toPage, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, orNull, outcome, thenOk, withoutNulls } from '../outcome.js';

@Resolver('Webhook')
export class WebhookResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('webhook')
  async one(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const found = await thenOk(toWebhookName(name), (known) =>
      this.useCases.getWebhook(known, caller),
    );
    return orNull(mapOk(found, toWebhookView));
  }

  @Query('webhooks')
  async list(@Args() args: ListArguments, @Context() { caller }: GraphqlContext) {
    const page = await this.useCases.listWebhooks(orRefuse(toPage(args)), caller);
    return toConnection(orRefuse(page), toWebhookView, args);
  }

  @Mutation('putWebhook')
  async put(@Args('webhook') input: unknown, @Context() { caller }: GraphqlContext) {
    const stored = await thenOk(toNewWebhook(withoutNulls(input)), (webhook) =>
      this.useCases.putWebhook(webhook, caller),
    );
    return outcome(
      'WebhookPayload',
      mapOk(stored, (record) => ({ webhook: toWebhookView(record) })),
    );
  }

  @Mutation('removeWebhook')
  async remove(@Args('name') name: string, @Context() { caller }: GraphqlContext) {
    const removed = await thenOk(toWebhookName(name), (known) =>
      this.useCases.removeWebhook(known, caller),
    );
    return outcome(
      'RemovedPayload',
      mapOk(removed, () => ({ name })),
    );
  }
}
