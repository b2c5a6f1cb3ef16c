import { bodyOf, done, signalOf, type Api } from '../core/api.js';
import { everyItem } from '../core/every-item.js';
import { given } from '../core/given.js';
import type { CallOptions, ListOptions, Page, Secret } from '../types.js';

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

  list({ signal, ...query }: ListOptions = {}): Promise<Page<Secret>> {
    const call = this.api.GET('/api/v1/secrets', {
      params: { query: given(query) },
      ...signalOf({ signal }),
    });
    return bodyOf(call);
  }

  /** All secrets by name, page by page. */
  all(options: ListOptions = {}): AsyncIterable<Secret> {
    return everyItem((cursor = options.cursor) => this.list({ ...options, cursor }));
  }

  /** Refused while a source refers to it. */
  remove(name: string, options: CallOptions = {}): Promise<void> {
    const params = { path: { name } };
    return done(this.api.DELETE('/api/v1/secrets/{name}', { params, ...signalOf(options) }));
  }
}
