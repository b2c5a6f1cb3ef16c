import { bodyOf, done, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import type {
  CallOptions,
  FreezeWindow,
  FreezeWindowDocument,
  NamedListOptions,
} from '../types.js';

/** Times in which candidates get no more traffic. Going back is always possible. */
export class FreezeWindows {
  constructor(private readonly api: Api) {}

  /** Adds the window, or replaces the one of that name. In force with the next decision of each release. */
  put(window: FreezeWindowDocument, options: CallOptions = {}): Promise<FreezeWindow> {
    const params = { path: { name: window.name } };
    return bodyOf(
      this.api.PUT('/api/v1/freeze-windows/{name}', { params, body: window, ...signalOf(options) }),
    );
  }

  get(name: string, options: CallOptions = {}): Promise<FreezeWindow> {
    const params = { path: { name } };
    return bodyOf(this.api.GET('/api/v1/freeze-windows/{name}', { params, ...signalOf(options) }));
  }

  list(options: NamedListOptions = {}): Listing<FreezeWindow> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/freeze-windows', {
          params: { query: given(query) },
          ...signalOf({ signal }),
        }),
      ),
    );
  }

  /** Releases that it holds go on within a few seconds. */
  remove(name: string, options: CallOptions = {}): Promise<void> {
    const params = { path: { name } };
    return done(this.api.DELETE('/api/v1/freeze-windows/{name}', { params, ...signalOf(options) }));
  }
}
