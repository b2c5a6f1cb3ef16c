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
  toPageRequest,
  toPageView,
  toRule,
  toRuleName,
  toRuleTestView,
  toRuleView,
  toTestRule,
  type RuleTestView,
  type RuleView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { sameName } from '../http/same-name.js';
import { tagged } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { name: 'Name of the rule.' };

@ApiTags('rules')
@Controller('api/v1/rules')
export class RuleController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listRules',
    summary: 'List rules',
    description: 'In the order of their names; they are asked in that of their priority.',
    query: namedPageQuery,
    answer: 'RulePage',
  })
  async list(
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: RuleView[]; next?: string }> {
    const page = await this.useCases.listRules(orRefuse(toPageRequest(query)), caller);
    return toPageView(orRefuse(page), toRuleView);
  }

  @Post('test')
  @HttpCode(200)
  @Documented({
    id: 'testRule',
    summary: 'Say what would come of a delivery',
    description:
      'Asks the rules of a webhook about a delivery that came or a payload that would: which matches, which release it asks for, and why not. With a rule in the body, as if that were put. Starts and keeps nothing.',
    body: 'RuleTestDocument',
    answer: 'RuleTest',
    refusals: ['INVALID_RULE', 'UNKNOWN_WEBHOOK', 'UNKNOWN_DELIVERY', 'UNSUPPORTED_MEDIA_TYPE'],
  })
  async test(@Body() body: unknown, @Asking() caller: Caller): Promise<RuleTestView> {
    const wanted = orRefuse(toTestRule(body));
    return toRuleTestView(orRefuse(await this.useCases.testRule(wanted, caller)));
  }

  @Put(':name')
  @Documented({
    id: 'putRule',
    summary: 'Add or replace the rule of a name',
    description:
      'Adds the rule, or replaces it. The document’s name must be the address’s, and its webhook and its strategy must be there. Who puts it must be allowed to release its service; releases are started on their behalf.',
    parameters,
    body: 'RuleDocument',
    answer: 'Rule',
    refusals: ['INVALID_RULE', 'UNKNOWN_WEBHOOK', 'UNKNOWN_STRATEGY'],
  })
  async put(
    @Param('name') name: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<RuleView> {
    const rule = orRefuse(toRule(body));
    orRefuse(sameName(name, rule.name));
    return tagged(orRefuse(await this.useCases.putRule(rule, caller)), toRuleView);
  }

  @Get(':name')
  @Documented({
    id: 'getRule',
    summary: 'Get a rule',
    description: 'As it was put, defaults filled in.',
    parameters,
    answer: 'Rule',
    refusals: ['UNKNOWN_RULE'],
  })
  async get(@Param('name') name: string, @Asking() caller: Caller): Promise<RuleView> {
    const known = orRefuse(toRuleName(name));
    return tagged(orRefuse(await this.useCases.getRule(known, caller)), toRuleView);
  }

  @Delete(':name')
  @HttpCode(204)
  @Documented({
    id: 'removeRule',
    summary: 'Remove a rule',
    description: 'Releases that it started go on.',
    parameters,
    status: 204,
    refusals: ['UNKNOWN_RULE'],
  })
  async remove(@Param('name') name: string, @Asking() caller: Caller): Promise<void> {
    orRefuse(await this.useCases.removeRule(orRefuse(toRuleName(name)), caller));
  }
}
