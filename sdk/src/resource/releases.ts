import { bodyOf, keyOf, signalOf } from '../core/api.js';
import { given } from '../core/given.js';
import { Listing, listing } from '../core/listing.js';
import { waitFor, type WaitForOptions } from '../lib/wait-for.js';
import { watchEvents, type WatchEventsOptions } from '../lib/watch-events.js';
import { watchRelease, type WatchOptions } from '../lib/watch-release.js';
import {
  watchReleases,
  type ReleaseNews,
  type WatchReleasesOptions,
} from '../lib/watch-releases.js';
import type {
  CallOptions,
  CommandOptions,
  HookCall,
  ListOptions,
  Look,
  Phase,
  Release,
  ReleaseDocument,
  ReleaseEvent,
  ReleasePlan,
} from '../types.js';
import { ReleaseCommands } from './release-commands.js';

export interface ReleaseListOptions extends ListOptions {
  /** `namespace/name` */
  readonly service?: string | undefined;
  readonly namespace?: string | undefined;
  readonly phase?: Phase | undefined;
  /** Only of this version. */
  readonly candidate?: string | undefined;
  readonly strategy?: string | undefined;
  /** Only those that were begun at this moment or later, as ISO 8601 text. */
  readonly since?: string | undefined;
  /** Only those that were begun before this moment. */
  readonly until?: string | undefined;
  /** The newest first, or the oldest; default `-createdAt`. */
  readonly sort?: '-createdAt' | 'createdAt' | undefined;
}

export interface EventListOptions extends CallOptions {
  readonly limit?: number | undefined;
  /** Only events after this sequence number. */
  readonly after?: number | undefined;
}

export interface HookCallListOptions extends ListOptions {
  readonly hook?: string | undefined;
}

export interface LookListOptions extends ListOptions {
  /** Only of the step of this index, from 0; the number of steps is the bake after the promotion. */
  readonly step?: number | undefined;
  readonly metric?: string | undefined;
  readonly cluster?: string | undefined;
}

export class Releases extends ReleaseCommands {
  start(release: ReleaseDocument, options: CommandOptions = {}): Promise<Release> {
    return bodyOf(
      this.api.POST('/api/v1/releases', {
        body: release,
        params: keyOf(options),
        ...signalOf(options),
      }),
    );
  }

  /** What it would write where, step by step; nothing is written. Start it with the plan’s `id`, and it writes just that. */
  plan(release: ReleaseDocument, options: CallOptions = {}): Promise<ReleasePlan> {
    return bodyOf(this.api.POST('/api/v1/releases/plan', { body: release, ...signalOf(options) }));
  }

  get(id: string, options: CallOptions = {}): Promise<Release> {
    const params = { path: { id } };
    return bodyOf(this.api.GET('/api/v1/releases/{id}', { params, ...signalOf(options) }));
  }

  /** Newest first. */
  list(options: ReleaseListOptions = {}): Listing<Release> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/releases', {
          params: { query: given(query) },
          ...signalOf({ signal }),
        }),
      ),
    );
  }

  /** The same as iterating `list`. */
  all(options: ReleaseListOptions = {}): AsyncIterable<Release> {
    return this.list(options);
  }

  /** The release’s history, oldest first; on a page, `next` is the `after` of the following one. */
  events(id: string, { signal, after, ...query }: EventListOptions = {}): Listing<ReleaseEvent> {
    return new Listing((next) => {
      const from = next === undefined ? after : Number(next);
      const params = { path: { id }, query: given({ ...query, after: from }) };
      return bodyOf(
        this.api.GET('/api/v1/releases/{id}/events', { params, ...signalOf({ signal }) }),
      );
    });
  }

  /** The same as iterating `events`. */
  allEvents(id: string, options: EventListOptions = {}): AsyncIterable<ReleaseEvent> {
    return this.events(id, options);
  }

  /** What its hooks were asked and told, and what they answered; newest first. */
  hookCalls(id: string, options: HookCallListOptions = {}): Listing<HookCall> {
    return listing(options, ({ signal, ...query }) => {
      const params = { path: { id }, query: given(query) };
      return bodyOf(
        this.api.GET('/api/v1/releases/{id}/hook-calls', { params, ...signalOf({ signal }) }),
      );
    });
  }

  /** What was measured and concluded; the newest windows first. */
  looks(id: string, options: LookListOptions = {}): Listing<Look> {
    return listing(options, ({ signal, ...query }) => {
      const params = { path: { id }, query: given(query) };
      return bodyOf(
        this.api.GET('/api/v1/releases/{id}/looks', { params, ...signalOf({ signal }) }),
      );
    });
  }

  /** The same as iterating `looks`. */
  allLooks(id: string, options: LookListOptions = {}): AsyncIterable<Look> {
    return this.looks(id, options);
  }

  /** The release now and after each change, to its end. See `watchRelease`. */
  watch(id: string, options: WatchOptions = {}): AsyncIterable<Release> {
    return watchRelease(this.api, id, options);
  }

  /** Every event of all releases that you may see, each once and in order. Never ends by itself. */
  watchAll(options: WatchReleasesOptions = {}): AsyncIterable<ReleaseNews> {
    return watchReleases(this.api, options);
  }

  /** Every event of the release, those to come too, each once and in order, to the last. */
  watchEvents(id: string, options: WatchEventsOptions = {}): AsyncIterable<ReleaseEvent> {
    return watchEvents(this, id, options);
  }

  /**
   * Waits until the release ends, or is as far as `until` says.
   *
   * ```ts
   * const release = await spillway.releases.waitFor(id, { timeoutMs: 3_600_000 });
   * process.exitCode = release.phase === 'succeeded' ? 0 : 1;
   * ```
   */
  waitFor(id: string, options: WaitForOptions = {}): Promise<Release> {
    return waitFor(this, id, options);
  }
}
