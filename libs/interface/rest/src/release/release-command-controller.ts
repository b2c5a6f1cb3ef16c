import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import type { OrderVerb } from '@spillway/domain-release';
import {
  toCommandRelease,
  toReleaseId,
  toReleaseView,
  type ReleaseView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { tagged } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const Command = (id: string, summary: string, description: string): MethodDecorator =>
  Documented({
    id,
    summary,
    description,
    parameters: { id: 'Id of the release.' },
    body: 'ReleaseCommandDocument',
    bodyMayBeAbsent: true,
    repeatable: true,
    answer: 'Release',
    refusals: ['UNKNOWN_RELEASE', 'NOT_POSSIBLE_IN_PHASE', 'STALE_WRITE'],
  });

@ApiTags('releases')
@Controller('api/v1/releases/:id')
export class ReleaseCommandController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Post('pause')
  @HttpCode(200)
  @Command('pauseRelease', 'Pause a release', 'Weights stay as they are until it is resumed.')
  pause(@Param('id') id: string, @Body() body: unknown, @Asking() caller: Caller) {
    return this.tell('pause', id, body, caller);
  }

  @Post('resume')
  @HttpCode(200)
  @Command(
    'resumeRelease',
    'Resume a release',
    'Goes on where it was paused, or held for drift, which is then written over.',
  )
  resume(@Param('id') id: string, @Body() body: unknown, @Asking() caller: Caller) {
    return this.tell('resume', id, body, caller);
  }

  @Post('promote')
  @HttpCode(200)
  @Command(
    'promoteRelease',
    'Promote a release',
    'Skips what is left of the plan: all traffic now.',
  )
  promote(@Param('id') id: string, @Body() body: unknown, @Asking() caller: Caller) {
    return this.tell('promote', id, body, caller);
  }

  @Post('abort')
  @HttpCode(200)
  @Command('abortRelease', 'Abort a release', 'Gives all traffic back to the stable version.')
  abort(@Param('id') id: string, @Body() body: unknown, @Asking() caller: Caller) {
    return this.tell('abort', id, body, caller);
  }

  private async tell(
    verb: OrderVerb,
    id: string,
    body: unknown,
    caller: Caller,
  ): Promise<ReleaseView> {
    const address = { release: orRefuse(toReleaseId(id)), verb };
    const command = orRefuse(toCommandRelease(address, body));
    return tagged(orRefuse(await this.useCases.commandRelease(command, caller)), toReleaseView);
  }
}
