import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  namedPageQuery,
  parse,
  strategyQuery,
  toPageRequest,
  toPageView,
  toStrategy,
  toStrategyName,
  toStrategyView,
  type StrategyView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { sameName } from '../http/same-name.js';
import { tagged } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { name: 'Name of the strategy.' };

@ApiTags('strategies')
@Controller('api/v1/strategies')
export class StrategyController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listStrategies',
    summary: 'List strategies',
    description: 'The newest version of each, in the order of their names.',
    query: namedPageQuery,
    answer: 'StrategyPage',
  })
  async list(
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: StrategyView[]; next?: string }> {
    const page = await this.useCases.listStrategies(orRefuse(toPageRequest(query)), caller);
    return toPageView(orRefuse(page), toStrategyView);
  }

  @Post()
  @HttpCode(200)
  @Documented({
    id: 'postStrategy',
    summary: 'Add or change a strategy',
    description:
      'Makes a new version, unless the newest says the same. Old versions are kept. The sources that it asks must be there.',
    body: 'StrategyDocument',
    repeatable: true,
    answer: 'Strategy',
    refusals: ['INVALID_STRATEGY', 'INVALID_WEIGHTS', 'UNKNOWN_SOURCE'],
  })
  async post(@Body() body: unknown, @Asking() caller: Caller): Promise<StrategyView> {
    const strategy = orRefuse(toStrategy(body));
    return tagged(orRefuse(await this.useCases.putStrategy(strategy, caller)), toStrategyView);
  }

  @Put(':name')
  @Documented({
    id: 'putStrategy',
    summary: 'Add or change the strategy of a name',
    description: 'As the POST; the document’s name must be the address’s.',
    parameters,
    body: 'StrategyDocument',
    answer: 'Strategy',
    refusals: ['INVALID_STRATEGY', 'INVALID_WEIGHTS', 'UNKNOWN_SOURCE'],
  })
  async put(
    @Param('name') name: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<StrategyView> {
    const strategy = orRefuse(toStrategy(body));
    orRefuse(sameName(name, strategy.name));
    return tagged(orRefuse(await this.useCases.putStrategy(strategy, caller)), toStrategyView);
  }

  @Get(':name')
  @Documented({
    id: 'getStrategy',
    summary: 'Get a strategy',
    description: 'Its newest version, or the one that was asked for.',
    parameters,
    query: strategyQuery,
    answer: 'Strategy',
    refusals: ['UNKNOWN_STRATEGY'],
  })
  async get(
    @Param('name') text: string,
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<StrategyView> {
    const name = orRefuse(toStrategyName(text));
    const { version } = orRefuse(parse(strategyQuery, query));
    return tagged(orRefuse(await this.useCases.getStrategy(name, version, caller)), toStrategyView);
  }
}
