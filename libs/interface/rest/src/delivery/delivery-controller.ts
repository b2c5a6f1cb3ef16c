import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  deliveryQuery,
  getDelivery,
  redeliver,
  toDeliveryId,
  toDeliveryListing,
  toOutgoingDeliveryView,
  toPageView,
  toReceivedDeliveryView,
  type DeliveryView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { id: 'Id of the delivery.' };

@ApiTags('deliveries')
@Controller('api/v1/deliveries')
export class DeliveryController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listDeliveries',
    summary: 'List deliveries',
    description: 'Those of one direction, the newest first.',
    query: deliveryQuery,
    answer: 'DeliveryPage',
  })
  async list(
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: DeliveryView[]; next?: string }> {
    const listing = orRefuse(toDeliveryListing(query));
    if (listing.direction === 'neither') return { items: [] };
    if (listing.direction === 'in') {
      const { filter, page } = listing;
      const found = await this.useCases.listReceivedDeliveries(filter, page, caller);
      return toPageView(orRefuse(found), toReceivedDeliveryView);
    }
    const { filter, page } = listing;
    const found = await this.useCases.listOutgoingDeliveries(filter, page, caller);
    return toPageView(orRefuse(found), toOutgoingDeliveryView);
  }

  @Get(':id')
  @Documented({
    id: 'getDelivery',
    summary: 'Get a delivery',
    description:
      'Of what came in: which rule matched, which release came of it, or why none. Of what goes out: every attempt.',
    parameters,
    answer: 'Delivery',
    refusals: ['UNKNOWN_DELIVERY'],
  })
  async get(@Param('id') id: string, @Asking() caller: Caller): Promise<DeliveryView> {
    const known = orRefuse(toDeliveryId(id));
    return orRefuse(await getDelivery(this.useCases, known, caller));
  }

  @Post(':id/redeliver')
  @HttpCode(200)
  @Documented({
    id: 'redeliver',
    summary: 'Deliver again',
    description:
      'What came in is shown to the rules again, as they are now; refused when a release came of it. What goes out is queued again.',
    parameters,
    repeatable: true,
    answer: 'Delivery',
    refusals: ['UNKNOWN_DELIVERY', 'DELIVERY_NOT_USABLE'],
  })
  async redeliver(@Param('id') id: string, @Asking() caller: Caller): Promise<DeliveryView> {
    const known = orRefuse(toDeliveryId(id));
    return orRefuse(await redeliver(this.useCases, known, caller));
  }
}
