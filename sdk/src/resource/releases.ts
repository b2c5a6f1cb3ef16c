import { bodyOf, keyOf, signalOf, type Api } from '../core/api.js';
import { everyItem } from '../core/every-item.js';
import { given } from '../core/given.js';
import { watchRelease, type WatchOptions } from '../lib/watch-release.js';
import type {
  CallOptions,
  CommandOptions,
  ListOptions,
  Look,
  Page,
  Phase,
  Release,
  ReleaseDocument,
  ReleaseEvent,
  ReleasePlan,
} from '../types.js';

export interface ReleaseListOptions extends ListOptions {
  /** `namespace/name` */
  readonly service?: string | undefined;
  readonly phase?: Phase | undefined;
}

export interface EventListOptions extends CallOptions {
  readonly limit?: number | undefined;
  /** Only events after this sequence number. */
  readonly after?: number | undefined;
}

export interface LookListOptions extends ListOptions {
  /** Only of the step of this index, from 0; the number of steps is the bake after the promotion. */
  readonly step?: number | undefined;
  readonly metric?: string | undefined;
  readonly cluster?: string | undefined;
}

export interface ReleaseCommandOptions extends CommandOptions {
  /** Why, in your words. */
  readonly comment?: string | undefined;
}

type Verb = 'pause' | 'resume' | 'promote' | 'abort';

export class Releases {
  constructor(private readonly api: Api) {}

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
  list({ signal, ...query }: ReleaseListOptions = {}): Promise<Page<Release>> {
    const call = this.api.GET('/api/v1/releases', {
      params: { query: given(query) },
      ...signalOf({ signal }),
    });
    return bodyOf(call);
  }

  /** All releases, newest first, page by page. */
  all(options: ReleaseListOptions = {}): AsyncIterable<Release> {
    return everyItem((cursor = options.cursor) => this.list({ ...options, cursor }));
  }

  /** A part of the release’s history; `next` is the `after` of the following one. */
  events(id: string, { signal, ...query }: EventListOptions = {}): Promise<Page<ReleaseEvent>> {
    const params = { path: { id }, query: given(query) };
    const call = this.api.GET('/api/v1/releases/{id}/events', { params, ...signalOf({ signal }) });
    return bodyOf(call);
  }

  /** The release’s whole history so far. */
  allEvents(id: string, options: EventListOptions = {}): AsyncIterable<ReleaseEvent> {
    return everyItem((cursor) =>
      this.events(id, { ...options, after: Number(cursor ?? options.after ?? 0) }),
    );
  }

  /** What was measured and concluded; the newest windows first. */
  looks(id: string, { signal, ...query }: LookListOptions = {}): Promise<Page<Look>> {
    const params = { path: { id }, query: given(query) };
    const call = this.api.GET('/api/v1/releases/{id}/looks', { params, ...signalOf({ signal }) });
    return bodyOf(call);
  }

  /** All looks so far, the newest windows first, page by page. */
  allLooks(id: string, options: LookListOptions = {}): AsyncIterable<Look> {
    return everyItem((cursor = options.cursor) => this.looks(id, { ...options, cursor }));
  }

  /** Weights stay as they are until it is resumed. */
  pause(id: string, options: ReleaseCommandOptions = {}): Promise<Release> {
    return this.tell('pause', id, options);
  }

  resume(id: string, options: ReleaseCommandOptions = {}): Promise<Release> {
    return this.tell('resume', id, options);
  }

  /** Skips what is left of the plan: all traffic now. */
  promote(id: string, options: ReleaseCommandOptions = {}): Promise<Release> {
    return this.tell('promote', id, options);
  }

  /** Gives all traffic back to the stable version. */
  abort(id: string, options: ReleaseCommandOptions = {}): Promise<Release> {
    return this.tell('abort', id, options);
  }

  /** The release now and after each change, to its end. See `watchRelease`. */
  watch(id: string, options: WatchOptions = {}): AsyncIterable<Release> {
    return watchRelease(this.api, id, options);
  }

  private tell(verb: Verb, id: string, options: ReleaseCommandOptions): Promise<Release> {
    const { comment } = options;
    return bodyOf(
      this.api.POST(`/api/v1/releases/{id}/${verb}`, {
        params: { path: { id }, ...keyOf(options) },
        body: comment === undefined ? {} : { comment },
        ...signalOf(options),
      }),
    );
  }
}
