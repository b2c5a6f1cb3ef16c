import { Controller, Get, Headers, Inject, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import type { Release } from '@spillway/domain-release';
import { toReleaseId, toReleaseView } from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import type { Response } from 'express';
import { EventStreams, stream, type StreamedEvent } from '../http/event-stream.js';
import { Asking } from '../auth/asking.js';
import { Documented } from '../openapi/operation.js';
import { REST_OPTIONS, USE_CASES, type RestOptions } from '../options.js';

@ApiTags('releases')
@Controller('api/v1/releases/:id/watch')
export class ReleaseWatchController {
  constructor(
    @Inject(USE_CASES) private readonly useCases: UseCases,
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(REST_OPTIONS) private readonly options: Pick<RestOptions, 'heartbeatMs'>,
  ) {}

  @Get()
  @Documented({
    id: 'watchRelease',
    summary: 'Follow a release',
    description:
      'Server-sent events named "release": the release now and after each change, with its revision as id. Changes that come quickly are given as one. Ends after the final state.',
    parameters: { id: 'Id of the release.' },
    requestHeaders: {
      'Last-Event-ID': 'The last id that was read; what is not newer is left out.',
    },
    answer: 'Release',
    answerType: 'text/event-stream',
    refusals: ['UNKNOWN_RELEASE'],
  })
  async watch(
    @Param('id') id: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: Response,
    @Asking() caller: Caller,
  ): Promise<void> {
    const signal = this.streams.begin(response);
    const changes = await this.useCases.watchRelease(orRefuse(toReleaseId(id)), signal, caller);
    const events = toEvents(orRefuse(changes), Number(lastEventId ?? 0));
    const { heartbeatMs = 15_000 } = this.options;
    await stream(response, events, { signal, heartbeatMs });
  }
}

async function* toEvents(
  releases: AsyncIterable<Release>,
  seen: number,
): AsyncGenerator<StreamedEvent> {
  for await (const release of releases) {
    // An id that is not a number has seen nothing.
    if (release.revision <= seen) continue;
    yield { event: 'release', id: String(release.revision), data: toReleaseView(release) };
  }
}
