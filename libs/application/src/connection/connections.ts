import type { Instant } from '@spillway/kernel';
import type { ClusterRecord } from '../port/cluster-store.js';

interface Closable {
  close(): Promise<void>;
}

/** What a connection is made from. */
interface Named {
  readonly name: string;
  readonly updatedAt: Instant;
}

/**
 * One open connection per record (a cluster, where nothing else is said), made when it is first
 * needed, and made anew when the record has changed since. Who read the record before it changed
 * and asks late gets the connection of the newer one.
 */
export class Connections<T extends Closable, R extends Named = ClusterRecord> {
  private readonly open = new Map<R['name'], { readonly stamp: number; readonly it: T }>();

  constructor(private readonly connect: (record: R) => T) {}

  to(record: R): T {
    const known = this.open.get(record.name);
    if (known !== undefined && known.stamp >= record.updatedAt) return known.it;
    // The old one is let go in its own time: waiting for it would hold up whoever needs the new one.
    known?.it.close().catch(() => undefined);
    const it = this.connect(record);
    this.open.set(record.name, { stamp: record.updatedAt, it });
    return it;
  }

  find(name: R['name']): T | undefined {
    return this.open.get(name)?.it;
  }

  /** Those that are open now. */
  all(): readonly T[] {
    return [...this.open.values()].map(({ it }) => it);
  }

  async forget(name: R['name']): Promise<void> {
    const known = this.open.get(name);
    this.open.delete(name);
    await known?.it.close();
  }

  async close(): Promise<void> {
    const all = [...this.open.values()];
    this.open.clear();
    await Promise.all(all.map(({ it }) => it.close()));
  }
}
