import type { AuditProofView, AuditRecordView } from './audit-view.js';
import type { IdentityView, RoleView } from './identity-view.js';
import type { LoginProviderView } from './login-view.js';
import type { MemberView } from './member-document.js';
import type { IssuedTokenView, TokenView } from './token-view.js';

const grants = [{ role: 'releaser' as const, namespaces: ['shop'] }];

export const tokenExample: TokenView = {
  name: 'shop-ci',
  prefix: 'spw_Jx0aQp',
  grants,
  createdBy: 'ada@example.com',
  createdAt: '2026-01-05T09:00:00.000Z',
  expiresAt: '2027-01-05T09:00:00.000Z',
  lastUsedAt: '2026-01-05T09:12:00.000Z',
};

export const issuedTokenExample: IssuedTokenView = {
  token: tokenExample,
  text: 'spw_EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE-EXAM',
};

export const memberExample: MemberView = {
  name: 'sre',
  provider: 'company',
  claims: { groups: 'sre' },
  grants: [{ role: 'operator' }],
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:00:00.000Z',
};

export const loginProviderExample: LoginProviderView = {
  name: 'company',
  issuer: 'https://login.example.com',
  clientId: 'spillway-cli',
};

export const identityExample: IdentityView = { actor: 'shop-ci', grants };

export const roleExample: RoleView = { role: 'viewer', operations: ['getRelease', 'listReleases'] };

export const auditRecordExample: AuditRecordView = {
  sequence: 4_711,
  at: '2026-01-05T09:00:00.000Z',
  actor: 'ada@example.com',
  via: 'rest',
  requestId: '2f1c7a52-4c1c-4b52-9b7f-1b6f7b7b2c11',
  address: '10.0.0.7',
  operation: 'putService',
  subject: 'service shop/catalog',
  before: '5f0c6a3c2f4f4b1d8e1a7c6b5d4e3f2a',
  after: '0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d',
  hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};

export const auditProofExample: AuditProofView = {
  ok: true,
  records: 4_711,
  hash: auditRecordExample.hash,
};
