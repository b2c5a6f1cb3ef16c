import type { DeliveryId, Instant } from '@spillway/kernel';
import type { Page, PageRequest } from '../../port/page.js';
import type {
  ReceivedDelivery,
  ReceivedFilter,
  ReceivedOutcome,
  ReceivedStore,
} from '../../port/received-store.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { pageOf } from './paging.js';

export class InMemoryReceivedStore implements ReceivedStore {
  constructor(private readonly draft: Draft) {}

  get(id: DeliveryId): Promise<ReceivedDelivery | undefined> {
    return Promise.resolve(this.draft.tables.received.get(id));
  }

  /** Transactions run one after another: each has every lock. */
  lock(id: DeliveryId): Promise<ReceivedDelivery | undefined> {
    return this.get(id);
  }

  add(delivery: ReceivedDelivery): Promise<ReceivedDelivery> {
    const { received } = this.draft.tables;
    const earlier = [...received.values()].find((other) => isSame(other, delivery));
    if (earlier !== undefined) return Promise.resolve(earlier);
    const added = kept(delivery);
    received.set(delivery.id, added);
    return Promise.resolve(added);
  }

  settle(id: DeliveryId, outcome: ReceivedOutcome, at: Instant): Promise<void> {
    const { received } = this.draft.tables;
    const { settledAt: _, ...before } = received.get(id) ?? {};
    if ('id' in before) {
      const settled = outcome.state === 'pending' ? {} : { settledAt: at };
      received.set(id, kept({ ...before, ...settled, outcome } as ReceivedDelivery));
    }
    return Promise.resolve();
  }

  list(filter: ReceivedFilter, page: PageRequest): Promise<Page<ReceivedDelivery>> {
    const { webhook, state, release } = filter;
    const found = [...this.draft.tables.received.values()]
      .filter((one) => webhook === undefined || one.webhook === webhook)
      .filter((one) => state === undefined || one.outcome.state === state)
      .filter(
        ({ outcome }) =>
          release === undefined || ('release' in outcome && outcome.release === release),
      )
      .sort((a, b) => b.receivedAt - a.receivedAt || (a.id < b.id ? 1 : -1));
    return Promise.resolve(pageOf(found, page, ({ id }) => id));
  }
}

const isSame = (a: ReceivedDelivery, b: ReceivedDelivery): boolean =>
  a.webhook === b.webhook &&
  ((a.key !== undefined && a.key === b.key) ||
    (a.fingerprint !== undefined && a.fingerprint === b.fingerprint));
