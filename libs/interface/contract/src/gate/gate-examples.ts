import type { FreezeWindowView } from '../freeze/freeze-window-view.js';
import type { ApprovalWaitingView } from './approval-waiting-view.js';
import type { GateView } from './service-gate.js';

const at = '2026-01-05T10:00:00.000Z';
const plan = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export const gateExample: GateView = {
  service: 'shop/catalog',
  name: 'load-test',
  state: 'open',
  actor: 'load-tester',
  comment: 'p99 was 120 ms',
  at,
};

export const approvalWaitingExample: ApprovalWaitingView = {
  release: '6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
  service: 'shop/catalog',
  stable: 'v1',
  candidate: 'v2',
  requestedBy: 'anna',
  description: 'Faster search',
  gate: 'production',
  wave: 0,
  since: at,
  plan,
  approvals: [{ by: 'ben', roles: ['approver'], at, plan }],
  wanted: 2,
};

export const freezeWindowExample: FreezeWindowView = {
  name: 'weekend',
  times: {
    weekly: { days: ['sat', 'sun'], from: '00:00', to: '24:00', timeZone: 'Europe/Berlin' },
  },
  scope: { clusters: { env: 'live' } },
  because: 'Nobody is there to look',
  createdAt: at,
  updatedAt: at,
};
