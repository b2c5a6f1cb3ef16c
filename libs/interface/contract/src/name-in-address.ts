import {
  clusterName,
  deliveryId,
  memberName,
  ok,
  refusal,
  refuse,
  releaseId,
  ruleName,
  secretName,
  serviceName,
  sourceName,
  strategyName,
  tokenName,
  webhookName,
  type ClusterName,
  type DeliveryId,
  type ErrorCode,
  type MemberName,
  type Refusal,
  type ReleaseId,
  type Result,
  type RuleName,
  type SecretName,
  type ServiceName,
  type SourceName,
  type StrategyName,
  type TokenName,
  type WebhookName,
} from '@spillway/kernel';
import type { z } from 'zod';
import { nameText, serviceText } from './schema/scalars.js';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id that cannot exist is refused as one that does not: stores are never asked for it. */
const identified =
  <Id extends string>(
    code: ErrorCode,
    [one, many]: readonly [string, string],
    brand: (text: string) => Id,
  ) =>
  (text: string): Result<Id, Refusal> =>
    uuid.test(text)
      ? ok(brand(text.toLowerCase()))
      : refuse(
          refusal(
            code,
            `There is no ${one} "${text}"; an id of a ${one} is a UUID.`,
            `List the ${many} to find its id.`,
          ),
        );

export const toReleaseId: (text: string) => Result<ReleaseId, Refusal> = identified(
  'UNKNOWN_RELEASE',
  ['release', 'releases'],
  releaseId,
);
export const toDeliveryId: (text: string) => Result<DeliveryId, Refusal> = identified(
  'UNKNOWN_DELIVERY',
  ['delivery', 'deliveries'],
  deliveryId,
);

const named =
  <Name extends string>(
    code: ErrorCode,
    what: string,
    schema: z.ZodType<string>,
    brand: (text: string) => Name,
  ) =>
  (text: string): Result<Name, Refusal> =>
    schema.safeParse(text).success
      ? ok(brand(text))
      : refuse(
          refusal(
            code,
            `There is no ${what} "${text}", and it is no name that one could have.`,
            `Check the spelling of the ${what}.`,
          ),
        );

export const toClusterName: (text: string) => Result<ClusterName, Refusal> = named(
  'UNKNOWN_CLUSTER',
  'cluster',
  nameText,
  clusterName,
);
export const toStrategyName: (text: string) => Result<StrategyName, Refusal> = named(
  'UNKNOWN_STRATEGY',
  'strategy',
  nameText,
  strategyName,
);
export const toServiceName: (text: string) => Result<ServiceName, Refusal> = named(
  'UNKNOWN_SERVICE',
  'service',
  serviceText,
  serviceName,
);

export const toSecretName: (text: string) => Result<SecretName, Refusal> = named(
  'UNKNOWN_SECRET',
  'secret',
  nameText,
  secretName,
);
export const toTokenName: (text: string) => Result<TokenName, Refusal> = named(
  'UNKNOWN_TOKEN',
  'token',
  nameText,
  tokenName,
);
export const toMemberName: (text: string) => Result<MemberName, Refusal> = named(
  'UNKNOWN_MEMBER',
  'member',
  nameText,
  memberName,
);
export const toSourceName: (text: string) => Result<SourceName, Refusal> = named(
  'UNKNOWN_SOURCE',
  'source',
  nameText,
  sourceName,
);

export const toFreezeWindowName: (text: string) => Result<string, Refusal> = named(
  'UNKNOWN_FREEZE_WINDOW',
  'freeze window',
  nameText,
  (text) => text,
);

export const toWebhookName: (text: string) => Result<WebhookName, Refusal> = named(
  'UNKNOWN_WEBHOOK',
  'webhook',
  nameText,
  webhookName,
);
export const toRuleName: (text: string) => Result<RuleName, Refusal> = named(
  'UNKNOWN_RULE',
  'rule',
  nameText,
  ruleName,
);
