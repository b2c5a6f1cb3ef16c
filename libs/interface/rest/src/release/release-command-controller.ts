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
import { Documented, type Operation } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

type Described = Pick<Operation, 'id' | 'summary' | 'description'> & Partial<Operation>;

const Command = (operation: Described): MethodDecorator =>
  Documented({
    parameters: { id: 'Id of the release.' },
    body: 'ReleaseCommandDocument',
    bodyMayBeAbsent: true,
    repeatable: true,
    answer: 'Release',
    ...operation,
    refusals: [
      'UNKNOWN_RELEASE',
      'NOT_POSSIBLE_IN_PHASE',
      'STALE_WRITE',
      ...(operation.refusals ?? []),
    ],
  });

const passing = ['STEP_NOT_SKIPPABLE', 'REASON_REQUIRED'] as const;

@ApiTags('releases')
@Controller('api/v1/releases/:id')
export class ReleaseCommandController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Post('pause')
  @HttpCode(200)
  @Command({
    id: 'pauseRelease',
    summary: 'Pause a release',
    description: 'Weights stay as they are until it is resumed.',
  })
  pause(@Param('id') id: string, @Body() body: unknown, @Asking() caller: Caller) {
    return this.tell('pause', id, body, caller);
  }

  @Post('resume')
  @HttpCode(200)
  @Command({
    id: 'resumeRelease',
    summary: 'Resume a release',
    description: 'Goes on where it was paused, or held for drift, which is then written over.',
  })
  resume(@Param('id') id: string, @Body() body: unknown, @Asking() caller: Caller) {
    return this.tell('resume', id, body, caller);
  }

  @Post('promote')
  @HttpCode(200)
  @Command({
    id: 'promoteRelease',
    summary: 'Promote a release',
    description:
      'Skips what is left of the plan: all traffic now. The bake after the promotion still judges it.',
  })
  promote(@Param('id') id: string, @Body() body: unknown, @Asking() caller: Caller) {
    return this.tell('promote', id, body, caller);
  }

  @Post('promote-full')
  @HttpCode(200)
  @Command({
    id: 'promoteReleaseFully',
    summary: 'Promote a release fully',
    description:
      'Skips what is left of the plan and the bake after it: succeeds as soon as every cluster has all traffic.',
  })
  promoteFully(@Param('id') id: string, @Body() body: unknown, @Asking() caller: Caller) {
    return this.tell('promoteFull', id, body, caller);
  }

  @Post('skip-step')
  @HttpCode(200)
  @Command({
    id: 'skipReleaseStep',
    summary: 'Skip a step',
    description:
      'Takes a step as done. One that judges the candidate wants a reason, and a gate is never skipped.',
    body: 'SkipStepDocument',
    refusals: ['STEP_NOT_REACHED', ...passing],
  })
  skipStep(@Param('id') id: string, @Body() body: unknown, @Asking() caller: Caller) {
    return this.tell('skipStep', id, body, caller);
  }

  @Post('jump-to-step')
  @HttpCode(200)
  @Command({
    id: 'jumpReleaseToStep',
    summary: 'Jump to a step',
    description:
      'Back: weights go down at once. Ahead: weights on the way are given in order, and nothing else is waited for.',
    body: 'JumpToStepDocument',
    refusals: passing,
  })
  jumpToStep(@Param('id') id: string, @Body() body: unknown, @Asking() caller: Caller) {
    return this.tell('jumpToStep', id, body, caller);
  }

  @Post('restart')
  @HttpCode(200)
  @Command({
    id: 'restartRelease',
    summary: 'Restart a release',
    description: 'Goes back to the first step of its plan; weights go down at once.',
  })
  restart(@Param('id') id: string, @Body() body: unknown, @Asking() caller: Caller) {
    return this.tell('restart', id, body, caller);
  }

  @Post('abort')
  @HttpCode(200)
  @Command({
    id: 'abortRelease',
    summary: 'Abort a release',
    description: 'Gives all traffic back to the stable version, or takes it out of the queue.',
  })
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
