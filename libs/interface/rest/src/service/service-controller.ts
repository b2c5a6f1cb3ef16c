import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  serviceQuery,
  toNewService,
  toPageView,
  toServiceListing,
  toServiceName,
  toServiceView,
  type ServiceView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { sameName } from '../http/same-name.js';
import { tagged } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { namespace: 'Namespace of the service.', name: 'Its name in the namespace.' };

@ApiTags('services')
@Controller('api/v1/services')
export class ServiceController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listServices',
    summary: 'List services',
    description: 'In the order of their names.',
    query: serviceQuery,
    answer: 'ServicePage',
  })
  async list(
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: ServiceView[]; next?: string }> {
    const page = await this.useCases.listServices(orRefuse(toServiceListing(query)), caller);
    return toPageView(orRefuse(page), toServiceView);
  }

  @Post()
  @HttpCode(200)
  @Documented({
    id: 'postService',
    summary: 'Add or replace a service',
    description: 'Adds the service, or replaces what people say about the one of that name.',
    body: 'ServiceDocument',
    repeatable: true,
    answer: 'Service',
    refusals: ['UNKNOWN_CLUSTER', 'SERVICE_BUSY'],
  })
  async post(@Body() body: unknown, @Asking() caller: Caller): Promise<ServiceView> {
    const service = orRefuse(toNewService(body));
    return tagged(orRefuse(await this.useCases.putService(service, caller)), toServiceView);
  }

  @Put(':namespace/:name')
  @Documented({
    id: 'putService',
    summary: 'Add or replace the service of a name',
    description: 'Adds the service, or replaces it. The document’s name must be the address’s.',
    parameters,
    body: 'ServiceDocument',
    answer: 'Service',
    refusals: ['UNKNOWN_CLUSTER', 'SERVICE_BUSY'],
  })
  async put(
    @Param('namespace') namespace: string,
    @Param('name') name: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<ServiceView> {
    const service = orRefuse(toNewService(body));
    orRefuse(sameName(`${namespace}/${name}`, service.service));
    return tagged(orRefuse(await this.useCases.putService(service, caller)), toServiceView);
  }

  @Get(':namespace/:name')
  @Documented({
    id: 'getService',
    summary: 'Get a service',
    description: 'What is known of it, and which version serves now.',
    parameters,
    answer: 'Service',
    refusals: ['UNKNOWN_SERVICE'],
  })
  async get(
    @Param('namespace') namespace: string,
    @Param('name') name: string,
    @Asking() caller: Caller,
  ): Promise<ServiceView> {
    const service = orRefuse(toServiceName(`${namespace}/${name}`));
    return tagged(orRefuse(await this.useCases.getService(service, caller)), toServiceView);
  }
}
