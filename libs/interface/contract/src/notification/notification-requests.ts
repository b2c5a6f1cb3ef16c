import { outgoingStates, type OutgoingDeliveryFilter } from '@spillway/application';
import {
  notificationName,
  ok,
  refusal,
  refuse,
  releaseId,
  type NotificationName,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import { z } from 'zod';
import { parse } from '../schema/parse.js';
import { nameText } from '../schema/scalars.js';

export const toNotificationName = (text: string): Result<NotificationName, Refusal> =>
  nameText.safeParse(text).success
    ? ok(notificationName(text))
    : refuse(
        refusal(
          'UNKNOWN_NOTIFICATION',
          `There is no notification endpoint "${text}", and it is no name that one could have.`,
          'Check the spelling of the name.',
        ),
      );

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const outgoingFilterFields = {
  endpoint: nameText.exactOptional().describe('Only those of this notification endpoint.'),
  release: z
    .string()
    .regex(uuid, { error: 'must be the id of a release' })
    .exactOptional()
    .describe('Only those of this release.'),
  state: z.enum(outgoingStates).exactOptional().describe('Only those in this state.'),
};

const filter = z.object(outgoingFilterFields);

export function toOutgoingFilter(query: unknown): Result<OutgoingDeliveryFilter, Refusal> {
  const parsed = parse(filter, query);
  if (!parsed.ok) return parsed;
  const { endpoint, release, state } = parsed.value;
  return ok({
    ...(endpoint === undefined ? {} : { endpoint: notificationName(endpoint) }),
    ...(release === undefined ? {} : { release: releaseId(release.toLowerCase()) }),
    ...(state === undefined ? {} : { state }),
  });
}
