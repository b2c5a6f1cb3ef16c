import type { ClusterName } from '@spillway/kernel';
import type { ClusterRecord, ClusterStore, NewCluster } from '../../port/cluster-store.js';
import type { LinkState } from '../../port/link-state.js';
import type { Page, PageRequest } from '../../port/page.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

const nameOf = ({ name }: ClusterRecord): string => name;

export class InMemoryClusterStore implements ClusterStore {
  constructor(private readonly draft: Draft) {}

  get(name: ClusterName): Promise<ClusterRecord | undefined> {
    return Promise.resolve(this.draft.tables.clusters.get(name));
  }

  /** Transactions run one after another: each has every lock. */
  lock(name: ClusterName): Promise<ClusterRecord | undefined> {
    return this.get(name);
  }

  getAll(names: readonly ClusterName[]): Promise<readonly ClusterRecord[]> {
    return Promise.resolve(this.sorted().filter(({ name }) => names.includes(name)));
  }

  list(page: PageRequest): Promise<Page<ClusterRecord>> {
    return Promise.resolve(pageOf(this.sorted(), page, nameOf));
  }

  put(cluster: NewCluster): Promise<ClusterRecord> {
    const { tables, now } = this.draft;
    const createdAt = tables.clusters.get(cluster.name)?.createdAt ?? now;
    const record = kept<ClusterRecord>({ ...cluster, createdAt, updatedAt: now });
    tables.clusters.set(record.name, record);
    return Promise.resolve(record);
  }

  noteState(name: ClusterName, lastState: LinkState): Promise<void> {
    const known = this.draft.tables.clusters.get(name);
    if (known) this.draft.tables.clusters.set(name, kept<ClusterRecord>({ ...known, lastState }));
    return Promise.resolve();
  }

  remove(name: ClusterName): Promise<void> {
    this.draft.tables.clusters.delete(name);
    return Promise.resolve();
  }

  private sorted(): ClusterRecord[] {
    return [...this.draft.tables.clusters.values()].sort(byText(nameOf));
  }
}
