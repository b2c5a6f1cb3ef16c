import type { ClusterName } from '@spillway/kernel';
import type { ClusterRecord } from '../port/cluster-store.js';

interface Closable {
  close(): Promise<void>;
}

/**
 * One open connection per cluster, made when it is first needed, and made anew
 * when the cluster's record has changed since. Who read the record before it
 * changed and asks late gets the connection of the newer one.
 */
export class Connections<T extends Closable> {
  private readonly open = new Map<ClusterName, { readonly stamp: number; readonly it: T }>();

  constructor(private readonly connect: (record: ClusterRecord) => T) {}

  to(record: ClusterRecord): T {
    const known = this.open.get(record.name);
    if (known !== undefined && known.stamp >= record.updatedAt) return known.it;
    // The old one is let go in its own time: waiting for it would hold up whoever needs the new one.
    known?.it.close().catch(() => undefined);
    const it = this.connect(record);
    this.open.set(record.name, { stamp: record.updatedAt, it });
    return it;
  }

  find(cluster: ClusterName): T | undefined {
    return this.open.get(cluster)?.it;
  }

  async forget(cluster: ClusterName): Promise<void> {
    const known = this.open.get(cluster);
    this.open.delete(cluster);
    await known?.it.close();
  }

  async close(): Promise<void> {
    const all = [...this.open.values()];
    this.open.clear();
    await Promise.all(all.map(({ it }) => it.close()));
  }
}
