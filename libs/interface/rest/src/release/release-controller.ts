import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  eventQuery,
  lookQuery,
  parse,
  releaseQuery,
  toEventView,
  toLookListing,
  toLookView,
  toPageView,
  toReleaseId,
  toReleaseListing,
  toReleasePlanView,
  toReleaseView,
  toStartRelease,
  type EventView,
  type LookView,
  type ReleasePlanView,
  type ReleaseView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import type { FastifyReply } from 'fastify';
import { Asking } from '../auth/asking.js';
import { tagged } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';
import { startRefusals } from './start-refusals.js';

const parameters = { id: 'Id of the release.' };

@ApiTags('releases')
@Controller('api/v1/releases')
export class ReleaseController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listReleases',
    summary: 'List releases',
    description: 'Newest first.',
    query: releaseQuery,
    answer: 'ReleasePage',
  })
  async list(
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: ReleaseView[]; next?: string }> {
    const { filter, page } = orRefuse(toReleaseListing(query));
    return toPageView(
      orRefuse(await this.useCases.listReleases(filter, page, caller)),
      toReleaseView,
    );
  }

  @Post()
  @Documented({
    id: 'startRelease',
    summary: 'Start a release',
    description:
      'Pins the strategy’s newest version into a plan and begins, or waits for its turn. Follow it with watch.',
    body: 'ReleaseDocument',
    repeatable: true,
    status: 201,
    answer: 'Release',
    answerHeaders: { Location: 'Address of the release.' },
    refusals: startRefusals,
  })
  async start(
    @Body() body: unknown,
    @Asking() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReleaseView> {
    const release = orRefuse(
      await this.useCases.startRelease(orRefuse(toStartRelease(body)), caller),
    );
    reply.header('location', `/api/v1/releases/${release.id}`);
    return tagged(release, toReleaseView);
  }

  @Post('plan')
  @HttpCode(200)
  @Documented({
    id: 'planRelease',
    summary: 'Plan a release',
    description:
      'Rehearses it against what the clusters hold now, lints the result and asks each API server in a dry run. Writes nothing. Start it with the plan’s id, and it writes what the plan shows.',
    body: 'ReleaseDocument',
    answer: 'ReleasePlan',
    refusals: startRefusals,
  })
  async plan(@Body() body: unknown, @Asking() caller: Caller): Promise<ReleasePlanView> {
    const command = orRefuse(toStartRelease(body));
    return toReleasePlanView(orRefuse(await this.useCases.planRelease(command, caller)));
  }

  @Get(':id')
  @Documented({
    id: 'getRelease',
    summary: 'Get a release',
    description: 'The release with its progress, and the reason for the last decision.',
    parameters,
    answer: 'Release',
    refusals: ['UNKNOWN_RELEASE'],
  })
  async get(@Param('id') id: string, @Asking() caller: Caller): Promise<ReleaseView> {
    const release = orRefuse(await this.useCases.getRelease(orRefuse(toReleaseId(id)), caller));
    return tagged(release, toReleaseView);
  }

  @Get(':id/events')
  @Documented({
    id: 'listReleaseEvents',
    summary: 'List the events of a release',
    description: 'In their order. Ask again with after = next until there is no next.',
    parameters,
    query: eventQuery,
    answer: 'EventPage',
    refusals: ['UNKNOWN_RELEASE'],
  })
  async events(
    @Param('id') text: string,
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: EventView[]; next?: string }> {
    const id = orRefuse(toReleaseId(text));
    const { after, limit } = orRefuse(parse(eventQuery, query));
    const events = orRefuse(
      await this.useCases.listEvents(id, { after: after, limit: limit }, caller),
    );
    const last = events.length === limit ? events.at(-1) : undefined;
    return {
      items: events.map(toEventView),
      ...(last === undefined ? {} : { next: String(last.sequence) }),
    };
  }

  @Get(':id/looks')
  @Documented({
    id: 'listReleaseLooks',
    summary: 'List the looks of a release',
    description:
      'What was measured, and what was concluded from it at that moment, with the evidence. The newest windows first.',
    parameters,
    query: lookQuery,
    answer: 'LookPage',
    refusals: ['UNKNOWN_RELEASE'],
  })
  async looks(
    @Param('id') text: string,
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: LookView[]; next?: string }> {
    const id = orRefuse(toReleaseId(text));
    const { filter, page } = orRefuse(toLookListing(query));
    return toPageView(
      orRefuse(await this.useCases.listLooks(id, { filter: filter, page: page }, caller)),
      toLookView,
    );
  }
}
