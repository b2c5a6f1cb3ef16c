import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  namedPageQuery,
  toNewSource,
  toPageRequest,
  toPageView,
  toSourceName,
  toSourceView,
  type SourceView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { sameName } from '../http/same-name.js';
import { tagged } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { name: 'Name of the source.' };

@ApiTags('sources')
@Controller('api/v1/sources')
export class SourceController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listSources',
    summary: 'List sources',
    description: 'In the order of their names.',
    query: namedPageQuery,
    answer: 'SourcePage',
  })
  async list(
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: SourceView[]; next?: string }> {
    const page = await this.useCases.listSources(orRefuse(toPageRequest(query)), caller);
    return toPageView(orRefuse(page), toSourceView);
  }

  @Put(':name')
  @Documented({
    id: 'putSource',
    summary: 'Add or replace the source of a name',
    description:
      'Adds the source, or replaces it. The document’s name must be the address’s, and the secrets that it refers to must be there. The backend is not asked.',
    parameters,
    body: 'SourceDocument',
    answer: 'Source',
    refusals: ['UNKNOWN_SECRET'],
  })
  async put(
    @Param('name') name: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<SourceView> {
    const source = orRefuse(toNewSource(body));
    orRefuse(sameName(name, source.name));
    return tagged(orRefuse(await this.useCases.putSource(source, caller)), toSourceView);
  }

  @Get(':name')
  @Documented({
    id: 'getSource',
    summary: 'Get a source',
    description: 'As it was put, defaults filled in. It names secrets and holds none.',
    parameters,
    answer: 'Source',
    refusals: ['UNKNOWN_SOURCE'],
  })
  async get(@Param('name') name: string, @Asking() caller: Caller): Promise<SourceView> {
    const source = await this.useCases.getSource(orRefuse(toSourceName(name)), caller);
    return tagged(orRefuse(source), toSourceView);
  }

  @Delete(':name')
  @HttpCode(204)
  @Documented({
    id: 'removeSource',
    summary: 'Remove a source',
    description:
      'Refused while the newest version of a strategy or a release that is not over asks it. Its secrets stay.',
    parameters,
    status: 204,
    refusals: ['UNKNOWN_SOURCE', 'SOURCE_IN_USE'],
  })
  async remove(@Param('name') name: string, @Asking() caller: Caller): Promise<void> {
    orRefuse(await this.useCases.removeSource(orRefuse(toSourceName(name)), caller));
  }
}
