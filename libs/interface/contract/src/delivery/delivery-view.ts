import {
  outgoingStates,
  type OutgoingDeliveryFilter,
  type PageRequest,
  type ReceivedFilter,
} from '@spillway/application';
import {
  notificationName,
  ok,
  releaseId,
  webhookName,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import { z } from 'zod';
import { outgoingDeliveryView } from '../notification/outgoing-delivery-view.js';
import { pageQuery } from '../request.js';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { nameText } from '../schema/scalars.js';
import { receivedDeliveryView, receivedStates } from '../webhook/received-delivery-view.js';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Either direction; `direction` tells which. */
export const deliveryView = z
  .discriminatedUnion('direction', [receivedDeliveryView, outgoingDeliveryView])
  .describe('Something that came in to a webhook, or goes out to a notification endpoint.');

export type DeliveryView = z.output<typeof deliveryView>;

const states = [...new Set([...receivedStates, ...outgoingStates])] as const;

export const deliveryQuery = document({
  ...pageQuery.shape,
  direction: z
    .enum(['in', 'out'])
    .default('in')
    .describe('in: what was sent to webhooks. out: what notification endpoints are told.'),
  webhook: nameText.optional().describe('Only those that came in to this webhook.'),
  endpoint: nameText.optional().describe('Only those that go out to this notification endpoint.'),
  release: z
    .string()
    .regex(uuid, { error: 'must be the id of a release' })
    .optional()
    .describe('Only those of this release.'),
  state: z
    .enum(states)
    .optional()
    .describe('Only those in this state; each direction has its own.'),
});

/** Which store is asked for what; neither, where nothing could be both. */
export type DeliveryListing =
  | { readonly direction: 'in'; readonly filter: ReceivedFilter; readonly page: PageRequest }
  | {
      readonly direction: 'out';
      readonly filter: OutgoingDeliveryFilter;
      readonly page: PageRequest;
    }
  | { readonly direction: 'neither' };

export function toDeliveryListing(query: unknown): Result<DeliveryListing, Refusal> {
  const parsed = parse(deliveryQuery, query);
  if (!parsed.ok) return parsed;
  const { direction, limit, cursor, ...wanted } = parsed.value;
  const page = { limit, ...(cursor === undefined ? {} : { cursor }) };
  return ok(direction === 'in' ? received(wanted, page) : outgoing(wanted, page));
}

type Wanted = Omit<z.output<typeof deliveryQuery>, 'direction' | 'limit' | 'cursor'>;

function received(wanted: Wanted, page: PageRequest): DeliveryListing {
  const { webhook, endpoint, release, state } = wanted;
  const known = receivedStates.find((one) => one === state);
  if (endpoint !== undefined || known !== state) return { direction: 'neither' };
  const filter = {
    ...(webhook === undefined ? {} : { webhook: webhookName(webhook) }),
    ...(release === undefined ? {} : { release: releaseId(release.toLowerCase()) }),
    ...(known === undefined ? {} : { state: known }),
  };
  return { direction: 'in', filter, page };
}

function outgoing(wanted: Wanted, page: PageRequest): DeliveryListing {
  const { webhook, endpoint, release, state } = wanted;
  const known = outgoingStates.find((one) => one === state);
  if (webhook !== undefined || known !== state) return { direction: 'neither' };
  const filter = {
    ...(endpoint === undefined ? {} : { endpoint: notificationName(endpoint) }),
    ...(release === undefined ? {} : { release: releaseId(release.toLowerCase()) }),
    ...(known === undefined ? {} : { state: known }),
  };
  return { direction: 'out', filter, page };
}
