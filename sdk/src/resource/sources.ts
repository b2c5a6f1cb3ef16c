import { bodyOf, done, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import type { CallOptions, NamedListOptions, Source, SourceDocument } from '../types.js';

/** Metrics backends beside the clusters’ own. */
export class Sources {
  constructor(private readonly api: Api) {}

  /** Adds the source, or replaces the one of that name. Its secrets must be there. */
  put(source: SourceDocument, options: CallOptions = {}): Promise<Source> {
    const params = { path: { name: source.name } };
    return bodyOf(
      this.api.PUT('/api/v1/sources/{name}', { params, body: source, ...signalOf(options) }),
    );
  }

  get(name: string, options: CallOptions = {}): Promise<Source> {
    const params = { path: { name } };
    return bodyOf(this.api.GET('/api/v1/sources/{name}', { params, ...signalOf(options) }));
  }

  list(options: NamedListOptions = {}): Listing<Source> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/sources', {
          params: { query: given(query) },
          ...signalOf({ signal }),
        }),
      ),
    );
  }

  /** The same as iterating `list`. */
  all(options: NamedListOptions = {}): AsyncIterable<Source> {
    return this.list(options);
  }

  /** Its secrets stay. */
  remove(name: string, options: CallOptions = {}): Promise<void> {
    const params = { path: { name } };
    return done(this.api.DELETE('/api/v1/sources/{name}', { params, ...signalOf(options) }));
  }
}
