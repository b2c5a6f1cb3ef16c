import { channelSecrets, isAtLeast, severityOf } from '@spillway/domain-notification';
import { splitServiceName, type NotificationName, type SecretName } from '@spillway/kernel';
import type {
  Happened,
  NewNotificationEndpoint,
  NotificationEndpoint,
  NotificationStore,
} from '../../port/notification-store.js';
import type { Page, PageRequest } from '../../port/page.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

const nameOf = ({ name }: NotificationEndpoint): string => name;

export class InMemoryNotificationStore implements NotificationStore {
  constructor(private readonly draft: Draft) {}

  get(name: NotificationName): Promise<NotificationEndpoint | undefined> {
    return Promise.resolve(this.draft.tables.notifications.get(name));
  }

  /** Transactions run one after another: each has every lock. */
  lock(name: NotificationName): Promise<NotificationEndpoint | undefined> {
    return this.get(name);
  }

  list(page: PageRequest): Promise<Page<NotificationEndpoint>> {
    return Promise.resolve(pageOf(this.sorted(), page, nameOf));
  }

  all(): Promise<readonly NotificationEndpoint[]> {
    return Promise.resolve(this.sorted());
  }

  mayWant({ service, types }: Happened): Promise<boolean> {
    const { namespace } = splitServiceName(service);
    const wanted = this.sorted().some(({ filter }) => {
      const { namespaces = [namespace], services = [service] } = filter;
      return (
        namespaces.includes(namespace) &&
        services.includes(service) &&
        types.some(
          (type) =>
            (filter.types ?? types).includes(type) && isAtLeast(severityOf(type), filter.severity),
        )
      );
    });
    return Promise.resolve(wanted);
  }

  put(endpoint: NewNotificationEndpoint): Promise<NotificationEndpoint> {
    const { tables, now } = this.draft;
    const before = tables.notifications.get(endpoint.name);
    const isSame = JSON.stringify(before?.filter) === JSON.stringify(endpoint.filter);
    const record = kept({
      ...endpoint,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
      since: before !== undefined && isSame ? before.since : now,
    });
    tables.notifications.set(endpoint.name, record);
    tables.rests.delete(endpoint.name);
    return Promise.resolve(record);
  }

  remove(name: NotificationName): Promise<void> {
    const { notifications, rests, outgoingDeliveries } = this.draft.tables;
    notifications.delete(name);
    rests.delete(name);
    for (const [id, { endpoint }] of outgoingDeliveries) {
      if (endpoint === name) outgoingDeliveries.delete(id);
    }
    return Promise.resolve();
  }

  referringTo(secret: SecretName): Promise<readonly NotificationName[]> {
    const referring = this.sorted().filter(({ channel }) =>
      channelSecrets(channel).some(([, ref]) => ref.secret === secret),
    );
    return Promise.resolve(referring.map(({ name }) => name));
  }

  private sorted(): readonly NotificationEndpoint[] {
    return [...this.draft.tables.notifications.values()].sort(byText(nameOf));
  }
}
