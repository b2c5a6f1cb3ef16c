import { signalOf, type Api } from '../core/api.js';
import { errorIn } from '../core/errors.js';
import { given } from '../core/given.js';
import { isStream } from '../core/patient-fetch.js';
import { backOff, pause } from '../core/pause.js';
import type { CallOptions, FeedEvent, Release } from '../types.js';
import { serverSentEvents, silenceMs, type ServerSentEvent } from './server-sent-events.js';
import { Silence } from './silence.js';
import type { WatchOptions } from './watch-release.js';

export interface WatchReleasesOptions extends WatchOptions {
  /** Only releases of this service, `namespace/name`. */
  readonly service?: string | undefined;
  /** Only releases of services in this namespace. */
  readonly namespace?: string | undefined;
  /** Of the news that was dealt with last: what came after it is told first. Without it, what happens from now on. */
  readonly lastEventId?: string | undefined;
}

/** Something that happened to a release. */
export interface ReleaseNews {
  readonly event: FeedEvent;
  /** The release as it was by then, or later. */
  readonly release: Release | undefined;
  /** Keep it with what you made of the event, and begin again from it. */
  readonly lastEventId: string;
}

/** Every event of all releases, each once and in order. Never ends by itself. */
export async function* watchReleases(
  api: Api,
  { lastEventId, ...options }: WatchReleasesOptions,
): AsyncGenerator<ReleaseNews, void> {
  const states = new Map<string, Release>();
  let isOfLastBatch = false;
  for await (const { event: name, data, id } of resumed(api, lastEventId, options)) {
    if (name === 'release') {
      // States come before the events that they are of; those of the batch before are used up.
      if (isOfLastBatch) states.clear();
      isOfLastBatch = false;
      const release = JSON.parse(data) as Release;
      states.set(release.id, release);
    }
    if (name !== 'event') continue;
    isOfLastBatch = true;
    const event = JSON.parse(data) as FeedEvent;
    yield { event, release: states.get(event.release), lastEventId: id };
  }
}

/** One stream after another, each from where the one before broke off. */
async function* resumed(
  api: Api,
  from: string | undefined,
  { signal, patienceMs = 300_000, pollMs = 1_000, ...query }: WatchReleasesOptions,
): AsyncGenerator<ServerSentEvent, void> {
  const silence = new Silence(patienceMs);
  let lastId = from;
  for (let quiet = 0; ; quiet += 1) {
    try {
      for await (const message of stream(api, lastId, query, { signal })) {
        silence.end();
        quiet = 0;
        if (message.id !== '') lastId = message.id;
        yield message;
      }
    } catch (thrown) {
      signal?.throwIfAborted();
      silence.endure(thrown);
    }
    await pause(backOff(quiet, pollMs), signal);
  }
}

async function* stream(
  api: Api,
  lastId: string | undefined,
  query: Pick<WatchReleasesOptions, 'service' | 'namespace'>,
  options: CallOptions,
): AsyncGenerator<ServerSentEvent, void> {
  const header = lastId === undefined ? {} : { header: { 'Last-Event-ID': lastId } };
  const { data, error, response } = await api.GET('/api/v1/releases/watch', {
    params: { query: given(query), ...header },
    headers: { accept: 'text/event-stream' },
    parseAs: 'stream',
    ...signalOf(options),
  });
  if (!response.ok || !isStream(response) || !data) throw errorIn(response, error);
  yield* serverSentEvents(data, silenceMs);
}
