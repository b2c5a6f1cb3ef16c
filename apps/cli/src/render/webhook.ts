import type { Webhook } from '@spillway/sdk';
import { age } from './moment.js';
import { facts, table } from './table.js';

const secretsOf = ({ secrets }: Webhook): string => secrets.map(({ secret }) => secret).join(', ');

export const webhookTable = (webhooks: readonly Webhook[], now: number): string =>
  table(
    ['NAME', 'PROVIDER', 'ADDRESS', 'SECRETS', 'AGE'],
    webhooks.map((webhook) => [
      webhook.name,
      webhook.provider,
      webhook.address,
      secretsOf(webhook),
      age(webhook.createdAt, now),
    ]),
  );

export const webhookFacts = (webhook: Webhook, now: number): string =>
  facts([
    ['Name', webhook.name],
    ['Provider', webhook.provider],
    ['Address', webhook.address],
    ['Secrets', secretsOf(webhook)],
    ...Object.entries(webhook.mapping ?? {}).map(
      ([field, pointer]) => [`mapping.${field}`, pointer] as const,
    ),
    ['Age', age(webhook.createdAt, now)],
  ]);
