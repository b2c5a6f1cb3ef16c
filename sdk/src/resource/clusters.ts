import { bodyOf, done, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import type { CallOptions, Cluster, ClusterDocument, NamedListOptions, Probe } from '../types.js';

export class Clusters {
  constructor(private readonly api: Api) {}

  /** Adds the cluster, or replaces the one of that name. */
  put(cluster: ClusterDocument, options: CallOptions = {}): Promise<Cluster> {
    const params = { path: { name: cluster.name } };
    return bodyOf(
      this.api.PUT('/api/v1/clusters/{name}', { params, body: cluster, ...signalOf(options) }),
    );
  }

  get(name: string, options: CallOptions = {}): Promise<Cluster> {
    const params = { path: { name } };
    return bodyOf(this.api.GET('/api/v1/clusters/{name}', { params, ...signalOf(options) }));
  }

  list(options: NamedListOptions = {}): Listing<Cluster> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/clusters', {
          params: { query: given(query) },
          ...signalOf({ signal }),
        }),
      ),
    );
  }

  /** The same as iterating `list`. */
  all(options: NamedListOptions = {}): AsyncIterable<Cluster> {
    return this.list(options);
  }

  /** Spillway forgets the cluster. Nothing is changed in it. */
  remove(name: string, options: CallOptions = {}): Promise<void> {
    const params = { path: { name } };
    return done(this.api.DELETE('/api/v1/clusters/{name}', { params, ...signalOf(options) }));
  }

  /** What stands in the way of releasing there. */
  probe(name: string, options: CallOptions = {}): Promise<Probe> {
    const params = { path: { name } };
    return bodyOf(this.api.POST('/api/v1/clusters/{name}/probe', { params, ...signalOf(options) }));
  }
}
