import {
  generation,
  InvariantBroken,
  splitServiceName,
  type ClusterName,
  type ServiceName,
} from '@spillway/kernel';
import type { Page } from '../../port/page.js';
import type {
  NewService,
  ServiceListing,
  ServiceRecord,
  ServiceStore,
} from '../../port/service-store.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

const nameOf = ({ service }: ServiceRecord): string => service;

export class InMemoryServiceStore implements ServiceStore {
  constructor(private readonly draft: Draft) {}

  get(name: ServiceName): Promise<ServiceRecord | undefined> {
    return Promise.resolve(this.draft.tables.services.get(name));
  }

  getAll(names: readonly ServiceName[]): Promise<readonly ServiceRecord[]> {
    const services = [...this.draft.tables.services.values()].sort(byText(nameOf));
    return Promise.resolve(services.filter(({ service }) => names.includes(service)));
  }

  /** Transactions run one after another: each has every lock. */
  lock(name: ServiceName): Promise<ServiceRecord | undefined> {
    return this.get(name);
  }

  list(listing: ServiceListing): Promise<Page<ServiceRecord>> {
    const { namespace, cluster } = listing;
    const wanted = [...this.draft.tables.services.values()].filter(
      ({ service, clusters }) =>
        (namespace === undefined || splitServiceName(service).namespace === namespace) &&
        (cluster === undefined || clusters.includes(cluster)),
    );
    return Promise.resolve(pageOf(wanted.sort(byText(nameOf)), listing, nameOf));
  }

  put(service: NewService): Promise<ServiceRecord> {
    const { tables, now } = this.draft;
    const before = tables.services.get(service.service);
    const record = kept<ServiceRecord>({
      ...service,
      generation: before?.generation ?? generation(0),
      ...(before?.latestRelease === undefined ? {} : { latestRelease: before.latestRelease }),
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
    });
    tables.services.set(service.service, record);
    return Promise.resolve(record);
  }

  async advance(name: ServiceName, change: Parameters<ServiceStore['advance']>[1]): Promise<void> {
    const before = await this.get(name);
    if (before === undefined) throw new InvariantBroken(`no service ${name} to advance`);
    this.draft.tables.services.set(name, kept({ ...before, ...change }));
  }

  countIn(cluster: ClusterName): Promise<number> {
    const services = [...this.draft.tables.services.values()];
    return Promise.resolve(services.filter(({ clusters }) => clusters.includes(cluster)).length);
  }
}
