import { aRule, aTrigger } from '@spillway/domain-rule/testing';
import { secretName, webhookName, type WebhookName } from '@spillway/kernel';
import type { Caller } from '../../access/caller.js';
import type { ReadDelivery } from '../../port/webhook-protocol.js';
import { aCaller } from './a-caller.js';
import type { Workshop } from './workshop.js';

export const github = webhookName('github');
export const someRule = aRule;

/** The deployment of `aTrigger`, as its sender tells it. */
export const aDeployment = (): ReadDelivery => ({
  key: 'd-1',
  event: 'deployment_status',
  trigger: aTrigger(),
});

/** Whoever sends to a webhook: nobody that is known here. */
export const senderOf = (webhook: WebhookName): Caller => ({
  actor: `webhook ${webhook}`,
  grants: [],
  origin: { via: 'webhook', requestId: 'request-1' },
});

/** The webhook `github`, signed with `current` or `next`. */
export async function furnishWebhook({ useCases }: Workshop): Promise<void> {
  const secrets = ['current', 'next'].map(secretName);
  for (const secret of secrets) await useCases.putSecret(secret, secret, aCaller());
  await useCases.putWebhook({ name: github, provider: 'github', secrets }, aCaller());
}
