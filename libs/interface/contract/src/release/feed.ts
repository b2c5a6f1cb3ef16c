import type { FeedEvent, FeedPosition, WatchAllFrom } from '@spillway/application';
import { namespaceName, ok, serviceName, type Refusal, type Result } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { nameText, serviceText } from '../schema/scalars.js';
import { eventView, toEventView } from './event-view.js';

export const feedQuery = document({
  service: serviceText
    .optional()
    .describe('Only of releases of this service.')
    .meta({ examples: ['shop/catalog'] }),
  namespace: nameText
    .optional()
    .describe('Only of releases of services in this namespace.')
    .meta({ examples: ['shop'] }),
});

/** What to follow, with the `Last-Event-ID` of what was followed before. */
export function toFollowReleases(
  query: unknown,
  lastEventId: string | undefined,
): Result<WatchAllFrom, Refusal> {
  const parsed = parse(feedQuery, query);
  if (!parsed.ok) return parsed;
  const { service, namespace } = parsed.value;
  return ok({
    filter: {
      ...(service === undefined ? {} : { service: serviceName(service) }),
      ...(namespace === undefined ? {} : { namespace: namespaceName(namespace) }),
    },
    ...(lastEventId === undefined || lastEventId === ''
      ? {}
      : { after: lastEventId as FeedPosition }),
  });
}

export const feedEventView = eventView
  .extend({
    release: z.string().describe('Id of the release that it happened to.'),
    service: z.string().describe('The service that is released.'),
  })
  .describe('Something that happened to one of the releases.');

export type FeedEventView = z.output<typeof feedEventView>;

export const toFeedEventView = ({ release, service, ...stored }: FeedEvent): FeedEventView => ({
  ...toEventView(stored),
  release,
  service,
});
