import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  namedPageQuery,
  toNewNotification,
  toNotificationName,
  toNotificationView,
  toOutgoingDeliveryView,
  toPageRequest,
  toPageView,
  type NotificationView,
  type OutgoingDeliveryView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { sameName } from '../http/same-name.js';
import { tagged } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { name: 'Name of the notification endpoint.' };

@ApiTags('notifications')
@Controller('api/v1/notifications')
export class NotificationController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listNotifications',
    summary: 'List notification endpoints',
    description: 'In the order of their names.',
    query: namedPageQuery,
    answer: 'NotificationPage',
  })
  async list(
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: NotificationView[]; next?: string }> {
    const page = await this.useCases.listNotifications(orRefuse(toPageRequest(query)), caller);
    return toPageView(orRefuse(page), toNotificationView);
  }

  @Put(':name')
  @Documented({
    id: 'putNotification',
    summary: 'Add or replace the notification endpoint of a name',
    description:
      'Adds the endpoint, or replaces it. The document’s name must be the address’s, and the secrets that it refers to must be there. It is told of what happens from then on; nobody is called now.',
    parameters,
    body: 'NotificationDocument',
    answer: 'Notification',
    refusals: ['UNKNOWN_SECRET'],
  })
  async put(
    @Param('name') name: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<NotificationView> {
    const endpoint = orRefuse(toNewNotification(body));
    orRefuse(sameName(name, endpoint.name));
    return tagged(
      orRefuse(await this.useCases.putNotification(endpoint, caller)),
      toNotificationView,
    );
  }

  @Get(':name')
  @Documented({
    id: 'getNotification',
    summary: 'Get a notification endpoint',
    description: 'As it was put, defaults filled in. It names secrets and holds none.',
    parameters,
    answer: 'Notification',
    refusals: ['UNKNOWN_NOTIFICATION'],
  })
  async get(@Param('name') name: string, @Asking() caller: Caller): Promise<NotificationView> {
    const known = orRefuse(toNotificationName(name));
    return tagged(orRefuse(await this.useCases.getNotification(known, caller)), toNotificationView);
  }

  @Delete(':name')
  @HttpCode(204)
  @Documented({
    id: 'removeNotification',
    summary: 'Remove a notification endpoint',
    description: 'With its deliveries, delivered or not. Its secrets stay.',
    parameters,
    status: 204,
    refusals: ['UNKNOWN_NOTIFICATION'],
  })
  async remove(@Param('name') name: string, @Asking() caller: Caller): Promise<void> {
    orRefuse(await this.useCases.removeNotification(orRefuse(toNotificationName(name)), caller));
  }

  @Post(':name/test')
  @HttpCode(201)
  @Documented({
    id: 'testNotification',
    summary: 'Send a test to a notification endpoint',
    description:
      'Queues a delivery that tells of no release, whatever the endpoint wants otherwise. Get the delivery to see what came of it.',
    parameters,
    repeatable: true,
    status: 201,
    answer: 'OutgoingDelivery',
    refusals: ['UNKNOWN_NOTIFICATION'],
  })
  async test(@Param('name') name: string, @Asking() caller: Caller): Promise<OutgoingDeliveryView> {
    const known = orRefuse(toNotificationName(name));
    return toOutgoingDeliveryView(orRefuse(await this.useCases.testNotification(known, caller)));
  }
}
