import type { DeliveryId, Instant, NotificationName, ReleaseId } from '@spillway/kernel';
import type {
  EndpointRest,
  NewOutgoingDelivery,
  OutgoingDelivery,
  OutgoingDeliveryFilter,
  OutgoingDeliveryStore,
  Tried,
} from '../../port/outgoing-delivery-store.js';
import type { Page, PageRequest } from '../../port/page.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { pageOf } from './paging.js';

/** The map keeps the order in which deliveries were added. */
export class InMemoryOutgoingDeliveryStore implements OutgoingDeliveryStore {
  constructor(private readonly draft: Draft) {}

  noticedUpTo(release: ReleaseId): Promise<number> {
    return Promise.resolve(this.draft.tables.noticed.get(release) ?? 0);
  }

  setNoticedUpTo(release: ReleaseId, sequence: number): Promise<void> {
    this.draft.tables.noticed.set(release, sequence);
    return Promise.resolve();
  }

  add(deliveries: readonly NewOutgoingDelivery[]): Promise<void> {
    const { now } = this.draft;
    for (const one of deliveries) {
      if (this.all().some((other) => isSame(one, other))) continue;
      const about = { queuedAt: now, createdAt: now, dueAt: now };
      this.set({ ...one, ...about, state: 'pending', tries: 0, attempts: [] });
    }
    return Promise.resolve();
  }

  get(id: DeliveryId): Promise<OutgoingDelivery | undefined> {
    return Promise.resolve(this.draft.tables.outgoingDeliveries.get(id));
  }

  list(filter: OutgoingDeliveryFilter, page: PageRequest): Promise<Page<OutgoingDelivery>> {
    const { endpoint, release, state } = filter;
    const found = this.all().filter(
      (one) =>
        (endpoint === undefined || one.endpoint === endpoint) &&
        (release === undefined || one.notice.release.id === release) &&
        (state === undefined || one.state === state),
    );
    return Promise.resolve(pageOf(found.toReversed(), page, ({ id }) => id));
  }

  heads(endpoint: NotificationName, limit: number): Promise<readonly OutgoingDelivery[]> {
    const firsts = new Map<ReleaseId, OutgoingDelivery>();
    for (const one of this.pending(endpoint)) {
      const { id } = one.notice.release;
      if (!firsts.has(id)) firsts.set(id, one);
    }
    const heads = [...firsts.values()].toSorted((a, b) => a.dueAt - b.dueAt);
    return Promise.resolve(heads.slice(0, limit));
  }

  tried(id: DeliveryId, { attempt, state, dueAt }: Tried): Promise<void> {
    const one = this.draft.tables.outgoingDeliveries.get(id);
    if (one?.state === 'pending') {
      const attempts = [...one.attempts, attempt];
      this.set({ ...one, state, dueAt, tries: one.tries + 1, attempts });
    }
    return Promise.resolve();
  }

  rest(endpoint: NotificationName): Promise<EndpointRest | undefined> {
    return Promise.resolve(this.draft.tables.rests.get(endpoint));
  }

  setRest(endpoint: NotificationName, rest: EndpointRest | undefined): Promise<void> {
    const { rests } = this.draft.tables;
    if (rest === undefined) rests.delete(endpoint);
    else rests.set(endpoint, rest);
    return Promise.resolve();
  }

  requeue(id: DeliveryId): Promise<void> {
    const one = this.draft.tables.outgoingDeliveries.get(id);
    const { now } = this.draft;
    if (one !== undefined) {
      this.set({ ...one, state: 'pending', queuedAt: now, dueAt: now, tries: 0 });
    }
    return Promise.resolve();
  }

  giveUp(endpoint: NotificationName, before: Instant): Promise<number> {
    const old = this.pending(endpoint).filter(({ queuedAt }) => queuedAt < before);
    for (const one of old) this.set({ ...one, state: 'dead', dueAt: this.draft.now });
    return Promise.resolve(old.length);
  }

  forget(before: Instant): Promise<void> {
    for (const { id, state, dueAt } of this.all()) {
      if (state !== 'pending' && dueAt < before) this.draft.tables.outgoingDeliveries.delete(id);
    }
    return Promise.resolve();
  }

  private all(): readonly OutgoingDelivery[] {
    return [...this.draft.tables.outgoingDeliveries.values()];
  }

  private pending(endpoint: NotificationName): readonly OutgoingDelivery[] {
    return this.all().filter((one) => one.endpoint === endpoint && one.state === 'pending');
  }

  private set(delivery: OutgoingDelivery): void {
    this.draft.tables.outgoingDeliveries.set(delivery.id, kept(delivery));
  }
}

/** A test has no place in a history: each is another one. */
const isSame = (one: NewOutgoingDelivery, other: OutgoingDelivery): boolean =>
  one.notice.sequence > 0 &&
  one.endpoint === other.endpoint &&
  one.notice.release.id === other.notice.release.id &&
  one.notice.sequence === other.notice.sequence;
