import { bodyOf, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import { servicePath } from '../core/service-path.js';
import type { CallOptions, NamedListOptions, Service, ServiceDocument } from '../types.js';

export interface ServiceListOptions extends NamedListOptions {
  readonly namespace?: string | undefined;
  /** Only those that are in this cluster. */
  readonly cluster?: string | undefined;
}

export class Services {
  constructor(private readonly api: Api) {}

  /** Adds the service, or replaces what is said about the one of that name. */
  async put(service: ServiceDocument, options: CallOptions = {}): Promise<Service> {
    const params = { path: servicePath(service.name) };
    return bodyOf(
      this.api.PUT('/api/v1/services/{namespace}/{name}', {
        params,
        body: service,
        ...signalOf(options),
      }),
    );
  }

  /** @param name `namespace/name` */
  async get(name: string, options: CallOptions = {}): Promise<Service> {
    const params = { path: servicePath(name) };
    const call = this.api.GET('/api/v1/services/{namespace}/{name}', {
      params,
      ...signalOf(options),
    });
    return bodyOf(call);
  }

  list(options: ServiceListOptions = {}): Listing<Service> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/services', {
          params: { query: given(query) },
          ...signalOf({ signal }),
        }),
      ),
    );
  }

  /** The same as iterating `list`. */
  all(options: ServiceListOptions = {}): AsyncIterable<Service> {
    return this.list(options);
  }
}
