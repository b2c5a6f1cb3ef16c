import { bodyOf, keyOf, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import type {
  CallOptions,
  CommandOptions,
  Delivery,
  ListOptions,
  OutgoingDelivery,
  ReceivedDelivery,
} from '../types.js';

export interface ReceivedListOptions extends ListOptions {
  /** Only those of this webhook. */
  readonly webhook?: string | undefined;
  /** Only the one that this release came of. */
  readonly release?: string | undefined;
  readonly state?: ReceivedDelivery['state'] | undefined;
}

export interface OutgoingListOptions extends ListOptions {
  /** Only those of this notification endpoint. */
  readonly endpoint?: string | undefined;
  /** Only those of this release. */
  readonly release?: string | undefined;
  readonly state?: OutgoingDelivery['state'] | undefined;
}

/** What came in to webhooks, and what goes out to notification endpoints. */
export class Deliveries {
  constructor(private readonly api: Api) {}

  /** `direction` says which it is. */
  get(id: string, options: CallOptions = {}): Promise<Delivery> {
    const params = { path: { id } };
    return bodyOf(this.api.GET('/api/v1/deliveries/{id}', { params, ...signalOf(options) }));
  }

  /** What was sent to webhooks, the newest first. */
  received(options: ReceivedListOptions = {}): Listing<ReceivedDelivery> {
    return this.list<ReceivedDelivery>('in', options);
  }

  /** What notification endpoints are told, the newest first. */
  outgoing(options: OutgoingListOptions = {}): Listing<OutgoingDelivery> {
    return this.list<OutgoingDelivery>('out', options);
  }

  /** What came in is shown to the rules again; what goes out is sent again. */
  redeliver(id: string, options: CommandOptions = {}): Promise<Delivery> {
    const { signal, idempotencyKey } = options;
    const params = { path: { id }, ...keyOf({ idempotencyKey }) };
    return bodyOf(
      this.api.POST('/api/v1/deliveries/{id}/redeliver', { params, ...signalOf({ signal }) }),
    );
  }

  private list<Item extends Delivery>(
    direction: Item['direction'],
    options: ListOptions,
  ): Listing<Item> {
    return listing(options, async ({ signal, ...query }) => {
      const page = await bodyOf(
        this.api.GET('/api/v1/deliveries', {
          params: { query: given({ ...query, direction }) },
          ...signalOf({ signal }),
        }),
      );
      // All are of the direction that was asked for.
      return page as typeof page & { items: Item[] };
    });
  }
}
