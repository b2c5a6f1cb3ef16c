import type { UseCaseDeps } from '../deps.js';
import { getReceivedDelivery, listReceivedDeliveries, redeliverReceived } from './deliveries.js';
import { receiveDelivery } from './receive-delivery.js';
import { putRule, getRule, listRules, removeRule } from './rules.js';
import { testRule } from './test-rule.js';
import type { WebhookUseCases } from './webhook-use-cases.js';
import { putWebhook, getWebhook, listWebhooks, removeWebhook } from './webhooks.js';

export const createWebhookUseCases = (deps: UseCaseDeps): WebhookUseCases => ({
  putWebhook: putWebhook(deps),
  getWebhook: getWebhook(deps),
  listWebhooks: listWebhooks(deps),
  removeWebhook: removeWebhook(deps),
  receiveDelivery: receiveDelivery(deps),
  getReceivedDelivery: getReceivedDelivery(deps),
  listReceivedDeliveries: listReceivedDeliveries(deps),
  redeliverReceived: redeliverReceived(deps),
  putRule: putRule(deps),
  getRule: getRule(deps),
  listRules: listRules(deps),
  removeRule: removeRule(deps),
  testRule: testRule(deps),
});
