import {
  deliveryId,
  ok,
  refusal,
  refuse,
  ruleName,
  webhookName,
  type DeliveryId,
  type Refusal,
  type Result,
  type RuleName,
  type WebhookName,
} from '@spillway/kernel';
import { nameText } from '../schema/scalars.js';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const toWebhookName = (text: string): Result<WebhookName, Refusal> =>
  nameText.safeParse(text).success
    ? ok(webhookName(text))
    : refuse(noName('UNKNOWN_WEBHOOK', 'webhook', text));

export const toRuleName = (text: string): Result<RuleName, Refusal> =>
  nameText.safeParse(text).success
    ? ok(ruleName(text))
    : refuse(noName('UNKNOWN_RULE', 'rule', text));

const noName = (code: 'UNKNOWN_WEBHOOK' | 'UNKNOWN_RULE', what: string, text: string): Refusal =>
  refusal(
    code,
    `There is no ${what} "${text}", and it is no name that one could have.`,
    `Check the spelling of the ${what}.`,
  );

/** An id that cannot exist is refused as one that does not: stores are never asked for it. */
export const toDeliveryId = (text: string): Result<DeliveryId, Refusal> =>
  uuid.test(text)
    ? ok(deliveryId(text.toLowerCase()))
    : refuse(
        refusal(
          'UNKNOWN_DELIVERY',
          `There is no delivery "${text}"; an id of a delivery is a UUID.`,
          'List the deliveries to find its id.',
        ),
      );
