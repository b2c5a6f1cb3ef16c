import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, FeedNews, ReleaseNews, UseCases } from '@spillway/application';
import {
  feedQuery,
  toEventView,
  toFeedEventView,
  toFollowReleases,
  toReleaseId,
  toReleaseView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import type { FastifyReply } from 'fastify';
import { Asking } from '../auth/asking.js';
import { block, EventStreams, rendered, type Block } from '../http/event-stream.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const releaseJson = rendered(toReleaseView);
const eventJson = rendered(toEventView);
const feedJson = rendered(toFeedEventView);

const requestHeaders = {
  'Last-Event-ID': 'The last id that was read, as it was given; what came after it follows.',
};

@ApiTags('releases')
@Controller('api/v1/releases')
export class ReleaseWatchController {
  constructor(
    @Inject(USE_CASES) private readonly useCases: UseCases,
    @Inject(EventStreams) private readonly streams: EventStreams,
  ) {}

  @Get('watch')
  @Documented({
    id: 'watchReleases',
    summary: 'Follow all releases',
    description:
      'Server-sent events. One named "event" for each event of each release that you may see, none lost and none twice when you send the last id again; before them, one named "release" without an id for each release that they are of, as it is by then. Without Last-Event-ID it begins with what happens from now on. It never ends by itself.',
    query: feedQuery,
    requestHeaders,
    answer: 'FeedEvent',
    answerType: 'text/event-stream',
    refusals: ['RATE_LIMITED'],
  })
  async watchAll(
    @Query() query: unknown,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
    @Asking() caller: Caller,
  ): Promise<void> {
    const wanted = orRefuse(toFollowReleases(query, lastEventId));
    const signal = this.streams.begin(reply);
    const news = orRefuse(await this.useCases.followReleases(wanted, signal, caller));
    await this.streams.write(reply, ofAll(news), signal);
  }

  @Get(':id/watch')
  @Documented({
    id: 'watchRelease',
    summary: 'Follow a release',
    description:
      'Server-sent events. "release": the release now and after each change; changes that come quickly are given as one. "event": each event that brought a change, none lost and none twice when you send the last id again; Last-Event-ID: 0 gives all from the first. Ends after the final state.',
    parameters: { id: 'Id of the release.' },
    requestHeaders,
    answer: 'Release',
    answerType: 'text/event-stream',
    refusals: ['UNKNOWN_RELEASE', 'RATE_LIMITED'],
  })
  async watch(
    @Param('id') id: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
    @Asking() caller: Caller,
  ): Promise<void> {
    const seen = toSeen(lastEventId);
    const release = orRefuse(toReleaseId(id));
    const signal = this.streams.begin(reply);
    const wanted = { release, ...(seen === undefined ? {} : { after: seen.events }) };
    const news = orRefuse(await this.useCases.followRelease(wanted, signal, caller));
    await this.streams.write(reply, ofOne(news, seen?.state ?? 0), signal);
  }
}

interface Seen {
  readonly events: number;
  /** Revision of the last state. */
  readonly state: number;
}

/**
 * `7` stands for the state after the seventh event, `7e` for that event alone: whoever got no
 * further has the state still to come. An id that is none has seen nothing.
 */
function toSeen(lastEventId: string | undefined): Seen | undefined {
  const [, digits, isEvent] = /^(\d{1,9})(e?)$/.exec(lastEventId ?? '') ?? [];
  if (digits === undefined) return undefined;
  const events = Number(digits);
  return { events, state: isEvent === 'e' ? events - 1 : events };
}

async function* ofOne(news: AsyncIterable<ReleaseNews>, seen: number): AsyncGenerator<Block> {
  let told = seen;
  for await (const { release, events } of news) {
    const { revision } = release;
    const happened = events.map((stored) =>
      block('event', eventJson(stored), `${stored.sequence}e`),
    );
    const state = revision > told ? block('release', releaseJson(release), String(revision)) : '';
    told = Math.max(told, revision);
    if (happened.length > 0 || state !== '') yield happened.join('') + state;
  }
}

/** States before events: whoever is cut off between them is told both again, and no event twice. */
async function* ofAll(news: AsyncIterable<FeedNews>): AsyncGenerator<Block> {
  for await (const { releases, events, end } of news) {
    const states = [...releases.values()].map((release) => block('release', releaseJson(release)));
    const happened = events.map((event) => block('event', feedJson(event), event.position));
    // Also where nothing was wanted: whoever begins again need not be told of it from there.
    const place = events.at(-1)?.position === end ? '' : `id: ${end}\n\n`;
    yield [...states, ...happened, place].join('');
  }
}
