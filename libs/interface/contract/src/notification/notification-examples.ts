import type { NotificationView } from './notification-view.js';
import type { OutgoingDeliveryView } from './outgoing-delivery-view.js';

export const notificationExample: NotificationView = {
  name: 'ops',
  channel: { slack: { url: { secret: 'slack-ops' } } },
  filter: { namespaces: ['shop'], severity: 'warning' },
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:00:00.000Z',
  since: '2026-01-05T09:00:00.000Z',
};

export const outgoingDeliveryExample: OutgoingDeliveryView = {
  direction: 'out',
  id: '0197f3a0-6c1e-7b1f-9d62-4c1b5d7e8f90',
  state: 'pending',
  endpoint: 'ops',
  release: '0197f3a0-5d0c-7c52-8a51-3f6a6c3f9d10',
  notice: {
    type: 'rollbackStarted',
    severity: 'critical',
    sequence: 14,
    at: '2026-01-05T09:30:00.000Z',
    because: 'v2 has more errors than v1: 4.1 % of 2,310 requests against 0.4 % of 20,512',
    service: 'shop/catalog',
    candidate: 'v2',
    phase: 'rollingBack',
  },
  createdAt: '2026-01-05T09:30:00.000Z',
  dueAt: '2026-01-05T09:30:02.000Z',
  tries: 1,
  attempts: [
    {
      at: '2026-01-05T09:30:00.000Z',
      tookMs: 121,
      status: 503,
      because: 'Slack answered 503',
    },
  ],
  because: 'Slack answered 503',
};
