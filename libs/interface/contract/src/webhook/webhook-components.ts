import { pageView } from '../page-view.js';
import { receivedDeliveryView } from './received-delivery-view.js';
import { ruleDocument } from './rule-document.js';
import { ruleTestDocument, ruleTestView } from './rule-test.js';
import { ruleView } from './rule-view.js';
import {
  receivedDeliveryExample,
  ruleExample,
  ruleTestExample,
  webhookExample,
} from './webhook-examples.js';
import { webhookDocument, webhookView } from './webhook-document.js';

export const webhookDocuments = {
  RuleDocument: ruleDocument,
  RuleTestDocument: ruleTestDocument,
  WebhookDocument: webhookDocument,
} as const;

export const webhookViews = {
  ReceivedDelivery: receivedDeliveryView,
  Rule: ruleView,
  RulePage: pageView(ruleView, 'rules'),
  RuleTest: ruleTestView,
  Webhook: webhookView,
  WebhookPage: pageView(webhookView, 'webhooks'),
} as const;

export const webhookExamples = {
  ReceivedDelivery: receivedDeliveryExample,
  Rule: ruleExample,
  RulePage: { items: [ruleExample] },
  RuleTest: ruleTestExample,
  Webhook: webhookExample,
  WebhookPage: { items: [webhookExample] },
} as const;
