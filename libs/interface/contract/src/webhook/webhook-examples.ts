import type { ReceivedDeliveryView } from './received-delivery-view.js';
import type { RuleTestView } from './rule-test.js';
import type { RuleView } from './rule-view.js';
import type { WebhookView } from './webhook-document.js';

export const webhookExample: WebhookView = {
  name: 'github',
  provider: 'github',
  secrets: [{ secret: 'github-webhook' }],
  address: '/hooks/github',
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:00:00.000Z',
};

export const ruleExample: RuleView = {
  name: 'deploy-catalog',
  priority: 100,
  match: {
    webhook: 'github',
    events: ['deployment_status'],
    repositories: ['acme/catalog'],
    environments: ['production'],
  },
  release: {
    service: 'shop/catalog',
    version: '{{ image.tag }}',
    strategy: 'canary-10',
    onBusy: 'queue',
  },
  owner: 'anna@example.com',
  createdAt: '2026-01-05T09:01:00.000Z',
  updatedAt: '2026-01-05T09:01:00.000Z',
};

const trigger: ReceivedDeliveryView['trigger'] = {
  event: 'deployment_status',
  status: 'success',
  repository: 'acme/catalog',
  environment: 'production',
  image: 'ghcr.io/acme/catalog:v2',
  branch: 'main',
  sha: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
};

export const receivedDeliveryExample: ReceivedDeliveryView = {
  direction: 'in',
  id: '6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
  state: 'released',
  webhook: 'github',
  key: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  event: 'deployment_status',
  trigger,
  rule: 'deploy-catalog',
  release: '6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
  passedBy: [{ rule: 'deploy-cart', because: 'repository acme/cart wanted, was acme/catalog' }],
  createdAt: '2026-01-05T10:00:00.000Z',
  endedAt: '2026-01-05T10:00:00.120Z',
};

export const ruleTestExample: RuleTestView = {
  webhook: 'github',
  trigger,
  rule: 'deploy-catalog',
  release: {
    service: 'shop/catalog',
    candidate: 'v2',
    strategy: 'canary-10',
    onBusy: 'queue',
  },
  passedBy: [],
  wouldRelease: true,
};
