import { expect, it } from '@jest/globals';
import type { AllowedEgress } from '@spillway/domain-egress';
import { expectGolden } from './golden.js';
import { EgressStory } from './egress-story.js';

const payments: AllowedEgress = {
  hosts: ['api.stripe.com'],
  ports: [{ number: 443, protocol: 'TLS' }],
  owner: 'payments',
  reason: 'Card payments',
  resolution: 'NONE',
};
const feeds: AllowedEgress = {
  hosts: ['*.feeds.example.com'],
  ports: [{ number: 80, protocol: 'HTTP' }],
  owner: 'catalog',
  reason: 'Product feeds',
  resolution: 'NONE',
};

it('a namespace is closed when nothing that was seen would be blocked, and opened by one command', async () => {
  const story = new EgressStory();
  await story.given(['eu-west', 'us-east']);
  await story.applies({ allow: [payments], mode: 'observe' });
  story.objects();
  expect(await story.enforces()).toMatch(/^EGRESS_NOT_OBSERVED/);
  story.calls('eu-west', { workload: 'pay', host: 'api.stripe.com', port: 443, requests: 120 });
  story.calls('us-east', {
    workload: 'catalog',
    host: 'a.feeds.example.com',
    port: 80,
    requests: 8,
  });
  await story.asksForReport();
  expect(await story.enforces()).toMatch(/^EGRESS_WOULD_BLOCK/);
  await story.applies({ allow: [payments, feeds], mode: 'observe' });
  await story.asksForReport();
  expect(await story.enforces()).toBe('done');
  story.objects();
  story.calls('us-east', {
    workload: 'catalog',
    host: 'old.example.com',
    port: 80,
    requests: 3,
    isBlocked: true,
  });
  await story.asksForReport();
  await story.rollsBack('the nightly import needs old.example.com');
  story.objects();
  expectGolden(story.narrator.text, 'egress');
});
