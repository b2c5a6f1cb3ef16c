import { bodyOf, signalOf, type Api } from '../core/api.js';
import { errorIn } from '../core/errors.js';
import { isStream } from '../core/patient-fetch.js';
import { backOff, pause } from '../core/pause.js';
import type { CallOptions, Release } from '../types.js';
import { serverSentEvents, silenceMs } from './server-sent-events.js';
import { Silence } from './silence.js';

export interface WatchOptions extends CallOptions {
  /** How long to go on without any answer; default 5 minutes, which outlasts a restart of the server. */
  readonly patienceMs?: number | undefined;
  /** From the first look to the second after a stream broke; default 1 s, doubling to 10 s. */
  readonly pollMs?: number | undefined;
}

/**
 * The release now and after each change; ends with its final state. Changes
 * that come faster than they are read are given as one.
 *
 * It reads the server’s event stream and takes it up again where it broke off.
 * Where no stream gets through, as behind some proxies, it asks again and again
 * instead. It gives up when nobody answers for `patienceMs`, and at once when
 * Spillway says no.
 */
export async function* watchRelease(
  api: Api,
  id: string,
  options: WatchOptions,
): AsyncGenerator<Release, void> {
  const { signal, patienceMs = 300_000, pollMs = 1_000 } = options;
  const silence = new Silence(patienceMs);
  let seen = 0;
  let quiet = 0;
  for (;;) {
    try {
      for await (const { release, news } of lookThenFollow(api, id, seen, options)) {
        silence.end();
        if (!news) continue;
        [seen, quiet] = [release.revision, 0];
        yield release;
        if (release.final) return;
      }
    } catch (thrown) {
      signal?.throwIfAborted();
      silence.endure(thrown);
    }
    await pause(backOff(quiet, pollMs), signal);
    quiet += 1;
  }
}

interface Look {
  readonly release: Release;
  /** Newer than what was seen before. */
  readonly news: boolean;
}

/** One look, which works everywhere, then the stream until it ends. */
async function* lookThenFollow(
  api: Api,
  id: string,
  seen: number,
  options: CallOptions,
): AsyncGenerator<Look, void> {
  const params = { path: { id } };
  const now = await bodyOf(api.GET('/api/v1/releases/{id}', { params, ...signalOf(options) }));
  yield { release: now, news: now.revision > seen };
  for await (const release of follow(api, now, options)) yield { release, news: true };
}

async function* follow(
  api: Api,
  { id, revision }: Release,
  options: CallOptions,
): AsyncGenerator<Release, void> {
  const { data, error, response } = await api.GET('/api/v1/releases/{id}/watch', {
    params: { path: { id }, header: { 'Last-Event-ID': String(revision) } },
    headers: { accept: 'text/event-stream' },
    parseAs: 'stream',
    ...signalOf(options),
  });
  if (!response.ok) throw errorIn(response, error);
  if (!isStream(response) || !data) return;
  for await (const { event, data: text } of serverSentEvents(data, silenceMs)) {
    if (event === 'release') yield JSON.parse(text) as Release;
  }
}
