import { Controller, HttpCode, Inject, Param, Post, Req, Res, SetMetadata } from '@nestjs/common';
import type { Caller, RawDelivery, UseCases } from '@spillway/application';
import {
  UNAUTHENTICATED,
  toReceivedDeliveryView,
  toWebhookName,
  type ReceivedDeliveryView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { InvariantBroken, type WebhookName } from '@spillway/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WEBHOOK_USE_CASES } from './options.js';

/** The door for CI systems: no token is asked for, and nothing is parsed before the signature holds. */
@Controller('hooks')
@SetMetadata(UNAUTHENTICATED, true)
export class ReceiveController {
  constructor(@Inject(WEBHOOK_USE_CASES) private readonly useCases: UseCases) {}

  @Post(':name')
  @HttpCode(202)
  async receive(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceivedDeliveryView> {
    const webhook = orRefuse(toWebhookName(name));
    const sent = { webhook, delivery: rawDelivery(request) };
    const caller = senderOf(webhook, request);
    const received = orRefuse(await this.useCases.receiveDelivery(sent, caller));
    reply.header('location', `/api/v1/deliveries/${received.id}`);
    return toReceivedDeliveryView(received);
  }
}

/** What is signed are the bytes, also when there are none. */
function rawDelivery({ body, headers }: FastifyRequest): RawDelivery {
  const bytes: unknown = body ?? Buffer.alloc(0);
  if (!Buffer.isBuffer(bytes)) throw new InvariantBroken('something has read a delivery before');
  const sent = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return { headers: Object.fromEntries(sent) as Record<string, string>, body: bytes };
}

const senderOf = (webhook: WebhookName, { id, ip }: FastifyRequest): Caller => ({
  actor: `webhook ${webhook}`,
  grants: [],
  origin: { via: 'webhook', requestId: id, address: ip },
});
