import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  namedPageQuery,
  toFreezeWindow,
  toFreezeWindowName,
  toFreezeWindowView,
  toPageRequest,
  toPageView,
  type FreezeWindowView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { sameName } from '../http/same-name.js';
import { tagged } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { name: 'Name of the freeze window.' };

@ApiTags('freeze windows')
@Controller('api/v1/freeze-windows')
export class FreezeWindowController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listFreezeWindows',
    summary: 'List freeze windows',
    description: 'In the order of their names.',
    query: namedPageQuery,
    answer: 'FreezeWindowPage',
  })
  async list(
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: FreezeWindowView[]; next?: string }> {
    const page = await this.useCases.listFreezeWindows(orRefuse(toPageRequest(query)), caller);
    return toPageView(orRefuse(page), toFreezeWindowView);
  }

  @Put(':name')
  @Documented({
    id: 'putFreezeWindow',
    summary: 'Add or replace the freeze window of a name',
    description:
      'In force from the next decision of each release on, also of those that run. The document’s name must be the address’s.',
    parameters,
    body: 'FreezeWindowDocument',
    answer: 'FreezeWindow',
    refusals: ['INVALID_FREEZE_WINDOW', 'FORBIDDEN'],
  })
  async put(
    @Param('name') name: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<FreezeWindowView> {
    const window = orRefuse(toFreezeWindow(body));
    orRefuse(sameName(name, window.name));
    return tagged(
      orRefuse(await this.useCases.putFreezeWindow(window, caller)),
      toFreezeWindowView,
    );
  }

  @Get(':name')
  @Documented({
    id: 'getFreezeWindow',
    summary: 'Get a freeze window',
    description: 'As it was put, defaults filled in.',
    parameters,
    answer: 'FreezeWindow',
    refusals: ['UNKNOWN_FREEZE_WINDOW'],
  })
  async get(@Param('name') name: string, @Asking() caller: Caller): Promise<FreezeWindowView> {
    const known = orRefuse(toFreezeWindowName(name));
    return tagged(orRefuse(await this.useCases.getFreezeWindow(known, caller)), toFreezeWindowView);
  }

  @Delete(':name')
  @HttpCode(204)
  @Documented({
    id: 'removeFreezeWindow',
    summary: 'Remove a freeze window',
    description: 'Releases that it holds go on within a few seconds.',
    parameters,
    status: 204,
    refusals: ['UNKNOWN_FREEZE_WINDOW', 'FORBIDDEN'],
  })
  async remove(@Param('name') name: string, @Asking() caller: Caller): Promise<void> {
    const known = orRefuse(toFreezeWindowName(name));
    orRefuse(await this.useCases.removeFreezeWindow(known, caller));
  }
}
