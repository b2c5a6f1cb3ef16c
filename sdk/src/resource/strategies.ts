import { bodyOf, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import type { CallOptions, NamedListOptions, Strategy, StrategyDocument } from '../types.js';

export class Strategies {
  constructor(private readonly api: Api) {}

  /** Makes a new version, unless the newest says the same. */
  put(strategy: StrategyDocument, options: CallOptions = {}): Promise<Strategy> {
    const params = { path: { name: strategy.name } };
    return bodyOf(
      this.api.PUT('/api/v1/strategies/{name}', { params, body: strategy, ...signalOf(options) }),
    );
  }

  /** The newest version, or the one that is asked for. */
  get(
    name: string,
    { version, ...options }: CallOptions & { version?: number | undefined } = {},
  ): Promise<Strategy> {
    const query = version === undefined ? {} : { version };
    const params = { path: { name }, query };
    return bodyOf(this.api.GET('/api/v1/strategies/{name}', { params, ...signalOf(options) }));
  }

  list(options: NamedListOptions = {}): Listing<Strategy> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/strategies', {
          params: { query: given(query) },
          ...signalOf({ signal }),
        }),
      ),
    );
  }

  /** The same as iterating `list`. */
  all(options: NamedListOptions = {}): AsyncIterable<Strategy> {
    return this.list(options);
  }
}
