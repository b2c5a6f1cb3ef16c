import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  hookCallQuery,
  toHookCallListing,
  toHookCallView,
  toPageView,
  toReleaseId,
  type HookCallView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

@ApiTags('releases')
@Controller('api/v1/releases/:id/hook-calls')
export class HookCallController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listHookCalls',
    summary: 'List the hook calls of a release',
    description:
      'What its hooks were asked and told, and what they answered; the same answer again and again is one. Newest first.',
    parameters: { id: 'Id of the release.' },
    query: hookCallQuery,
    answer: 'HookCallPage',
    refusals: ['UNKNOWN_RELEASE'],
  })
  async list(
    @Param('id') text: string,
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: HookCallView[]; next?: string }> {
    const id = orRefuse(toReleaseId(text));
    const range = orRefuse(toHookCallListing(query));
    return toPageView(
      orRefuse(await this.useCases.listHookCalls(id, range, caller)),
      toHookCallView,
    );
  }
}
