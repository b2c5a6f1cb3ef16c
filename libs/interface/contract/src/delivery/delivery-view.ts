import type { OutgoingDeliveryFilter, PageRequest, ReceivedFilter } from '@spillway/application';
import { ok, type Refusal, type Result } from '@spillway/kernel';
import { z } from 'zod';
import { outgoingFilterFields, toOutgoingFilter } from '../notification/notification-requests.js';
import { outgoingDeliveryView } from '../notification/outgoing-delivery-view.js';
import { pageQuery } from '../request.js';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { nameText } from '../schema/scalars.js';
import { receivedDeliveryView, toReceivedFilter } from '../webhook/received-delivery-view.js';

/** Either direction; `direction` tells which. */
export const deliveryView = z
  .discriminatedUnion('direction', [receivedDeliveryView, outgoingDeliveryView])
  .describe('Something that came in to a webhook, or goes out to a notification endpoint.');

export type DeliveryView = z.output<typeof deliveryView>;

const states = ['pending', 'ignored', 'unmatched', 'refused', 'released', 'delivered', 'dead'];

export const deliveryQuery = document({
  ...pageQuery.shape,
  direction: z
    .enum(['in', 'out'])
    .describe('in: what was sent to webhooks. out: what notification endpoints are told.'),
  webhook: nameText.optional().describe('Only those of this webhook; of what came in.'),
  endpoint: outgoingFilterFields.endpoint.describe(
    'Only those of this notification endpoint; of what goes out.',
  ),
  release: outgoingFilterFields.release.describe('Only those of this release; of what goes out.'),
  state: z
    .enum(states as [string, ...string[]])
    .optional()
    .describe('Only those in this state; each direction has its own.'),
});

export type DeliveryListing =
  | { readonly direction: 'in'; readonly filter: ReceivedFilter; readonly page: PageRequest }
  | {
      readonly direction: 'out';
      readonly filter: OutgoingDeliveryFilter;
      readonly page: PageRequest;
    };

/** A filter of the other direction is refused: nobody could have meant it. */
export function toDeliveryListing(query: unknown): Result<DeliveryListing, Refusal> {
  const parsed = parse(deliveryQuery, query);
  if (!parsed.ok) return parsed;
  const { direction, limit, cursor, ...filter } = parsed.value;
  const page = { limit, ...(cursor === undefined ? {} : { cursor }) };
  if (direction === 'in') {
    const found = toReceivedFilter(filter);
    return found.ok ? ok({ direction, filter: found.value, page }) : found;
  }
  const found = toOutgoingFilter(filter);
  return found.ok ? ok({ direction, filter: found.value, page }) : found;
}
