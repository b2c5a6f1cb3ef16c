import type { Clock } from '@spillway/application';
import type { Instant } from '@spillway/kernel';
import type { ApiList, ApiObject, ApiStatus } from './api-object.js';
import type { ApiSession } from './api-session.js';
import { backOff } from './back-off.js';
import { ApiRefusal, describeFailure } from './failure.js';

/** What is watched: all objects under a path, or those with a label. */
export interface Collection {
  readonly path: string;
  readonly labelSelector?: string;
  /** Leaves `spec` and `status` on the server. */
  readonly metadataOnly?: true;
}

/** Where the watched objects go. `version` is how far the watch has seen. */
export interface Mirror {
  /** These are all that there are. */
  replace(items: readonly ApiObject[], version: string): void;
  put(item: ApiObject): void;
  remove(item: ApiObject): void;
  /** Nothing else has changed up to this version. */
  advance(version: string): void;
  /** The mirror may be out of date until the next `replace`. */
  failed(reason: string): void;
}

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: ApiObject & ApiStatus;
}

const pageSize = 500;
/** Asked for in seconds, half an hour at least, spread so that watches of a process do not end together. */
const watchLength = (chance: number): number => Math.round(1_800 * (1 + chance));
/** A watch that the server ends sooner was not ended by its time-out. */
const shortest = 1_000;
/** A collection that was watched for so long was well; its next failure is the first. */
const wellAfter = 10_000;

const accept = (collection: Collection, kind: string): string =>
  collection.metadataOnly === true
    ? `application/json;as=${kind};g=meta.k8s.io;v=v1`
    : 'application/json';

/**
 * Keeps a mirror of a collection by list and watch until it is stopped. A watch
 * that ends in order is taken up where it ended; after anything else, and when
 * the server has forgotten that place (410), all is listed again.
 */
export class Reflector {
  private readonly stopping = new AbortController();
  private stream = new AbortController();
  private failures = 0;
  private failingSince: Instant | undefined;
  private listedAt: Instant | undefined;

  constructor(
    private readonly session: ApiSession,
    private readonly collection: Collection,
    private readonly mirror: Mirror,
    private readonly clock: Clock,
    private readonly chance: () => number = Math.random,
  ) {}

  async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        this.stream = new AbortController();
        await this.watchFrom(await this.list());
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        await this.pauseAfter(error);
      }
    }
  }

  stop(): void {
    this.stopping.abort();
    this.stream.abort();
  }

  /**
   * Somebody else got no answer from this server: do not trust the silence of the
   * watch. What is mirrored counts as out of date from now on, not only when the
   * watch has ended; a doubt that comes during a list ends the watch after it.
   */
  doubt(reason: string): void {
    if (this.stopping.signal.aborted) return;
    this.mirror.failed(reason);
    this.stream.abort(new Error(reason));
  }

  private async list(): Promise<string> {
    const items: ApiObject[] = [];
    let next: string | undefined;
    let version = '';
    do {
      const page = (await this.session.call({
        path: this.query({ limit: String(pageSize), ...(next && { continue: next }) }),
        accept: accept(this.collection, 'PartialObjectMetadataList'),
      })) as ApiList;
      items.push(...(page.items ?? []));
      next = page.metadata.continue;
      version = page.metadata.resourceVersion;
    } while (next !== undefined && next !== '');
    if (this.stopping.signal.aborted) return version;
    this.listedAt = this.clock.now();
    this.mirror.replace(items, version);
    return version;
  }

  /** Ends by throwing, or when the reflector is stopped. */
  private async watchFrom(listed: string): Promise<void> {
    let version = listed;
    while (!this.stopping.signal.aborted) {
      const began = this.clock.now();
      const timeoutSeconds = String(watchLength(this.chance()));
      const lines = this.session.lines(
        {
          path: this.query({
            watch: 'true',
            allowWatchBookmarks: 'true',
            resourceVersion: version,
            timeoutSeconds,
          }),
          accept: accept(this.collection, 'PartialObjectMetadata'),
        },
        this.stream.signal,
      );
      for await (const line of lines) version = this.take(JSON.parse(line) as WatchEvent);
      this.stream.signal.throwIfAborted();
      this.stream = new AbortController();
      if (this.clock.now() - began < shortest) throw new Error('the watch was ended at once');
    }
  }

  private take({ type, object }: WatchEvent): string {
    if (type === 'ERROR') throw new ApiRefusal(object.code ?? 500, object);
    if (this.stopping.signal.aborted) return '';
    if (type === 'DELETED') this.mirror.remove(object);
    else if (type !== 'BOOKMARK') this.mirror.put(object);
    this.mirror.advance(object.metadata.resourceVersion);
    return object.metadata.resourceVersion;
  }

  private async pauseAfter(error: unknown): Promise<void> {
    const forgotten = error instanceof ApiRefusal && error.status === 410;
    const now = this.clock.now();
    const wasWell = this.listedAt !== undefined && now - this.listedAt >= wellAfter;
    this.listedAt = undefined;
    this.failures = wasWell ? 1 : this.failures + 1;
    if (wasWell || this.failingSince === undefined) this.failingSince = now;
    if (!forgotten) this.mirror.failed(reasonOf(error));
    const wait = backOff(this.failures, this.failingSince, now, this.chance());
    if (!(await this.session.back.within(wait, this.stopping.signal))) return;
    // A server that just began may stumble: again soon, not after another quarter of a minute.
    this.failures = 0;
    this.failingSince = undefined;
  }

  private query(parameters: Readonly<Record<string, string>>): string {
    const { path, labelSelector } = this.collection;
    const all = new URLSearchParams({ ...parameters, ...(labelSelector && { labelSelector }) });
    return `${path}?${all.toString()}`;
  }
}

export const reasonOf = (error: unknown): string =>
  error instanceof ApiRefusal ? error.message : describeFailure(error).detail;
