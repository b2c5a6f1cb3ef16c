import type { EgressReportView } from './egress-report-view.js';
import type { EgressPolicyView } from './egress-view.js';

export const egressPolicyExample: EgressPolicyView = {
  name: 'shop',
  clusters: ['eu-west'],
  mode: 'observe',
  allow: [
    {
      hosts: ['api.stripe.com'],
      ports: [{ number: 443, protocol: 'TLS' }],
      owner: 'payments',
      reason: 'Card payments',
      resolution: 'NONE',
    },
  ],
  generation: 3,
  changedBy: 'ada',
  because: 'ada applied it',
  rollouts: [
    {
      cluster: 'eu-west',
      mode: 'observe',
      generation: 3,
      appliedGeneration: 3,
      applied: true,
      appliedAt: '2026-01-05T10:00:01.000Z',
      drift: [],
      remarks: ['Sidecar shop/batch decides for the workloads that it selects'],
    },
  ],
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T10:00:00.000Z',
};

export const egressReportExample: EgressReportView = {
  name: 'shop',
  at: '2026-01-06T10:00:00.000Z',
  window: '1d',
  wouldBlock: 1,
  known: true,
  clusters: [
    {
      cluster: 'eu-west',
      state: 'measured',
      requests: 120_000,
      findings: [
        {
          workload: 'catalog',
          host: 'feeds.example.com',
          port: 80,
          protocol: 'http',
          requests: 288,
          firstSeen: '2026-01-05T10:05:00.000Z',
          lastSeen: '2026-01-06T09:55:00.000Z',
          blocked: false,
          wouldBlock: true,
          beforeAllowList: false,
        },
      ],
      remarks: [],
    },
  ],
};
