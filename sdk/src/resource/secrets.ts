import { bodyOf, done, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import type { CallOptions, NamedListOptions, Secret } from '../types.js';

/** Texts that are stored encrypted. Nothing gives one out again. */
export class Secrets {
  constructor(private readonly api: Api) {}

  /** Adds the secret, or replaces the text of that name. */
  put(name: string, value: string, options: CallOptions = {}): Promise<Secret> {
    const params = { path: { name } };
    return bodyOf(
      this.api.PUT('/api/v1/secrets/{name}', { params, body: { value }, ...signalOf(options) }),
    );
  }

  list(options: NamedListOptions = {}): Listing<Secret> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/secrets', {
          params: { query: given(query) },
          ...signalOf({ signal }),
        }),
      ),
    );
  }

  /** The same as iterating `list`. */
  all(options: NamedListOptions = {}): AsyncIterable<Secret> {
    return this.list(options);
  }

  /** Refused while a source refers to it. */
  remove(name: string, options: CallOptions = {}): Promise<void> {
    const params = { path: { name } };
    return done(this.api.DELETE('/api/v1/secrets/{name}', { params, ...signalOf(options) }));
  }
}
