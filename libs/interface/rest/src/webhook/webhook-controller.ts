import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  namedPageQuery,
  toNewWebhook,
  toPageRequest,
  toPageView,
  toWebhookName,
  toWebhookView,
  type WebhookView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { sameName } from '../http/same-name.js';
import { tagged } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { name: 'Name of the webhook.' };

@ApiTags('webhooks')
@Controller('api/v1/webhooks')
export class WebhookController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listWebhooks',
    summary: 'List webhooks',
    description: 'In the order of their names.',
    query: namedPageQuery,
    answer: 'WebhookPage',
  })
  async list(
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: WebhookView[]; next?: string }> {
    const page = await this.useCases.listWebhooks(orRefuse(toPageRequest(query)), caller);
    return toPageView(orRefuse(page), toWebhookView);
  }

  @Put(':name')
  @Documented({
    id: 'putWebhook',
    summary: 'Add or replace the webhook of a name',
    description:
      'Adds the webhook, or replaces it. The document’s name must be the address’s, and its secrets must be there. Deliveries are sent to the address that the answer names, without a token: the signature is what counts.',
    parameters,
    body: 'WebhookDocument',
    answer: 'Webhook',
    refusals: ['UNKNOWN_SECRET'],
  })
  async put(
    @Param('name') name: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<WebhookView> {
    const webhook = orRefuse(toNewWebhook(body));
    orRefuse(sameName(name, webhook.name));
    return tagged(orRefuse(await this.useCases.putWebhook(webhook, caller)), toWebhookView);
  }

  @Get(':name')
  @Documented({
    id: 'getWebhook',
    summary: 'Get a webhook',
    description: 'As it was put. It names secrets and holds none.',
    parameters,
    answer: 'Webhook',
    refusals: ['UNKNOWN_WEBHOOK'],
  })
  async get(@Param('name') name: string, @Asking() caller: Caller): Promise<WebhookView> {
    const known = orRefuse(toWebhookName(name));
    return tagged(orRefuse(await this.useCases.getWebhook(known, caller)), toWebhookView);
  }

  @Delete(':name')
  @HttpCode(204)
  @Documented({
    id: 'removeWebhook',
    summary: 'Remove a webhook',
    description: 'With its deliveries. Refused while a rule listens to it. Its secrets stay.',
    parameters,
    status: 204,
    refusals: ['UNKNOWN_WEBHOOK', 'WEBHOOK_IN_USE'],
  })
  async remove(@Param('name') name: string, @Asking() caller: Caller): Promise<void> {
    orRefuse(await this.useCases.removeWebhook(orRefuse(toWebhookName(name)), caller));
  }
}
