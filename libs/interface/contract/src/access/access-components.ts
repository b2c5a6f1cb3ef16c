import { pageView } from '../page-view.js';
import {
  auditProofExample,
  auditRecordExample,
  identityExample,
  issuedTokenExample,
  loginProviderExample,
  memberExample,
  roleExample,
  tokenExample,
} from './access-examples.js';
import { auditProofView, auditRecordView } from './audit-view.js';
import { grantDocument } from './grant-document.js';
import { identityView, roleView, rolesView } from './identity-view.js';
import { loginProvidersView, loginProviderView } from './login-view.js';
import { memberDocument, memberView } from './member-document.js';
import { tokenDocument, tokenRotationDocument } from './token-document.js';
import { issuedTokenView, tokenView } from './token-view.js';

export const accessDocuments = {
  GrantDocument: grantDocument,
  MemberDocument: memberDocument,
  TokenDocument: tokenDocument,
  TokenRotationDocument: tokenRotationDocument,
} as const;

export const accessViews = {
  AuditProof: auditProofView,
  AuditRecord: auditRecordView,
  AuditRecordPage: pageView(auditRecordView, 'audit records'),
  Grant: grantDocument,
  Identity: identityView,
  IssuedToken: issuedTokenView,
  LoginProvider: loginProviderView,
  LoginProviders: loginProvidersView,
  Member: memberView,
  MemberPage: pageView(memberView, 'members'),
  Role: roleView,
  Roles: rolesView,
  Token: tokenView,
  TokenPage: pageView(tokenView, 'tokens'),
} as const;

export const accessExamples = {
  AuditProof: auditProofExample,
  AuditRecord: auditRecordExample,
  AuditRecordPage: { items: [auditRecordExample] },
  Identity: identityExample,
  IssuedToken: issuedTokenExample,
  LoginProvider: loginProviderExample,
  LoginProviders: { items: [loginProviderExample] },
  Member: memberExample,
  MemberPage: { items: [memberExample] },
  Role: roleExample,
  Roles: { items: [roleExample] },
  Token: tokenExample,
  TokenPage: { items: [tokenExample] },
} as const;
