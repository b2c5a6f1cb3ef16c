import { bodyOf, done, keyOf, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import type {
  CallOptions,
  CommandOptions,
  NamedListOptions,
  Notification,
  NotificationDocument,
  OutgoingDelivery,
} from '../types.js';

/** Who is told what happens to releases. What they were told is in `deliveries.outgoing()`. */
export class Notifications {
  constructor(private readonly api: Api) {}

  /** Adds the endpoint, or replaces the one of that name. Its secrets must be there. */
  put(notification: NotificationDocument, options: CallOptions = {}): Promise<Notification> {
    const params = { path: { name: notification.name } };
    return bodyOf(
      this.api.PUT('/api/v1/notifications/{name}', {
        params,
        body: notification,
        ...signalOf(options),
      }),
    );
  }

  get(name: string, options: CallOptions = {}): Promise<Notification> {
    const params = { path: { name } };
    return bodyOf(this.api.GET('/api/v1/notifications/{name}', { params, ...signalOf(options) }));
  }

  list(options: NamedListOptions = {}): Listing<Notification> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/notifications', {
          params: { query: given(query) },
          ...signalOf({ signal }),
        }),
      ),
    );
  }

  /** With its deliveries. Its secrets stay. */
  remove(name: string, options: CallOptions = {}): Promise<void> {
    const params = { path: { name } };
    return done(this.api.DELETE('/api/v1/notifications/{name}', { params, ...signalOf(options) }));
  }

  /** Queues a delivery that tells of no release; `deliveries.get` says what came of it. */
  test(name: string, options: CommandOptions = {}): Promise<OutgoingDelivery> {
    const { signal, idempotencyKey } = options;
    const params = { path: { name }, ...keyOf({ idempotencyKey }) };
    return bodyOf(
      this.api.POST('/api/v1/notifications/{name}/test', { params, ...signalOf({ signal }) }),
    );
  }
}
