import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import type { Release } from '@spillway/domain-release';
import {
  toChangeReleaseStrategy,
  toReleaseId,
  toReleaseInstead,
  toReleaseView,
  type ReleaseView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import type { FastifyReply } from 'fastify';
import { Asking } from '../auth/asking.js';
import { tagged } from '../http/entity-tag.js';
import { Documented, type Operation } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';
import { startRefusals } from './start-refusals.js';

const parameters = { id: 'Id of the release.' };

const Instead = (operation: Pick<Operation, 'id' | 'summary' | 'description'>): MethodDecorator =>
  Documented({
    ...operation,
    parameters,
    body: 'ReleaseInsteadDocument',
    bodyMayBeAbsent: true,
    repeatable: true,
    status: 201,
    answer: 'Release',
    answerHeaders: { Location: 'Address of the new release.' },
    refusals: ['UNKNOWN_RELEASE', 'NOT_POSSIBLE_IN_PHASE', 'NOT_LATEST_RELEASE', ...startRefusals],
  });

/** What makes of a release another one, or has it go on by another plan. */
@ApiTags('releases')
@Controller('api/v1/releases/:id')
export class ReleaseInsteadController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Post('retry')
  @Instead({
    id: 'retryRelease',
    summary: 'Retry a release',
    description:
      'A new release of the same version, where this one was taken back, cancelled or superseded. Asked for again while that runs, gives that.',
  })
  async retry(
    @Param('id') id: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReleaseView> {
    const command = orRefuse(toReleaseInstead(orRefuse(toReleaseId(id)), body));
    return made(orRefuse(await this.useCases.retryRelease(command, caller)), reply);
  }

  @Post('undo')
  @Instead({
    id: 'undoRelease',
    summary: 'Undo a release',
    description:
      'A new release of the version that served before this one, which succeeded and is the service’s latest.',
  })
  async undo(
    @Param('id') id: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReleaseView> {
    const command = orRefuse(toReleaseInstead(orRefuse(toReleaseId(id)), body));
    return made(orRefuse(await this.useCases.undoRelease(command, caller)), reply);
  }

  @Post('change-strategy')
  @HttpCode(200)
  @Documented({
    id: 'changeReleaseStrategy',
    summary: 'Change the strategy of a running release',
    description:
      'Goes on by another plan for the same clusters, at the weights that they have; only its steps raise them.',
    parameters,
    body: 'ChangeStrategyDocument',
    repeatable: true,
    answer: 'Release',
    refusals: [
      'UNKNOWN_RELEASE',
      'UNKNOWN_STRATEGY',
      'UNKNOWN_SOURCE',
      'NO_CLUSTER_SELECTED',
      'NOT_POSSIBLE_IN_PHASE',
      'STALE_WRITE',
    ],
  })
  async changeStrategy(
    @Param('id') id: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<ReleaseView> {
    const command = orRefuse(toChangeReleaseStrategy(orRefuse(toReleaseId(id)), body));
    const changed = await this.useCases.changeReleaseStrategy(command, caller);
    return tagged(orRefuse(changed), toReleaseView);
  }
}

function made(release: Release, reply: FastifyReply): ReleaseView {
  reply.header('location', `/api/v1/releases/${release.id}`);
  return tagged(release, toReleaseView);
}
