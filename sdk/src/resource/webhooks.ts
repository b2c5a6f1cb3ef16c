import { bodyOf, done, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import type { CallOptions, NamedListOptions, Webhook, WebhookDocument } from '../types.js';

/** Addresses at which CI systems tell what was deployed. */
export class Webhooks {
  constructor(private readonly api: Api) {}

  /** Adds the webhook, or replaces the one of that name. Its secrets must be there. */
  put(webhook: WebhookDocument, options: CallOptions = {}): Promise<Webhook> {
    const params = { path: { name: webhook.name } };
    return bodyOf(
      this.api.PUT('/api/v1/webhooks/{name}', { params, body: webhook, ...signalOf(options) }),
    );
  }

  get(name: string, options: CallOptions = {}): Promise<Webhook> {
    const params = { path: { name } };
    return bodyOf(this.api.GET('/api/v1/webhooks/{name}', { params, ...signalOf(options) }));
  }

  list(options: NamedListOptions = {}): Listing<Webhook> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/webhooks', {
          params: { query: given(query) },
          ...signalOf({ signal }),
        }),
      ),
    );
  }

  /** With its deliveries. Refused while a rule listens to it. */
  remove(name: string, options: CallOptions = {}): Promise<void> {
    const params = { path: { name } };
    return done(this.api.DELETE('/api/v1/webhooks/{name}', { params, ...signalOf(options) }));
  }
}
