import type { Grant } from '@spillway/domain-access';
import type { MemberName, Refusal, Result, TokenName, Duration, Instant } from '@spillway/kernel';
import type { Caller } from '../../access/caller.js';
import type { Identity } from '../../access/identity.js';
import type { AuditFilter, AuditRecord } from '../../port/audit-store.js';
import type { MemberRecord, NewMember } from '../../port/member-store.js';
import type { Page, PageRequest } from '../../port/page.js';
import type { TokenRecord } from '../../port/token-store.js';

export interface NewToken {
  readonly name: TokenName;
  readonly grants: readonly Grant[];
  readonly expiresAt?: Instant;
}

export interface RotateToken {
  readonly name: TokenName;
  /** For so long the text before goes on being good. */
  readonly overlap: Duration;
}

/** A token with its text, which is told this once. */
export interface IssuedToken {
  readonly token: TokenRecord;
  readonly text: string;
}

/** Whether every record follows from those before it. */
export interface AuditProof {
  /** How many were looked at. */
  readonly records: number;
  /** Of the last that is right: note it elsewhere, and a log that was cut short is found too. */
  readonly hash: string;
  /** The first that is not what it was, or not where it was. */
  readonly broken?: AuditRecord;
}

/** Who may do what, and who did. */
export interface AccessUseCases {
  /** The text is told this once, and again to who repeats the request by its idempotency key. */
  createToken(token: NewToken, caller: Caller): Promise<Result<IssuedToken, Refusal>>;
  rotateToken(command: RotateToken, caller: Caller): Promise<Result<IssuedToken, Refusal>>;
  revokeToken(name: TokenName, caller: Caller): Promise<Result<void, Refusal>>;
  getToken(name: TokenName, caller: Caller): Promise<Result<TokenRecord, Refusal>>;
  listTokens(page: PageRequest, caller: Caller): Promise<Result<Page<TokenRecord>, Refusal>>;
  putMember(member: NewMember, caller: Caller): Promise<Result<MemberRecord, Refusal>>;
  removeMember(name: MemberName, caller: Caller): Promise<Result<void, Refusal>>;
  getMember(name: MemberName, caller: Caller): Promise<Result<MemberRecord, Refusal>>;
  listMembers(page: PageRequest, caller: Caller): Promise<Result<Page<MemberRecord>, Refusal>>;
  /** What was changed by whom, newest first. */
  listAudit(
    filter: AuditFilter,
    page: PageRequest,
    caller: Caller,
  ): Promise<Result<Page<AuditRecord>, Refusal>>;
  verifyAudit(caller: Caller): Promise<Result<AuditProof, Refusal>>;
  whoAmI(caller: Caller): Promise<Result<Identity, Refusal>>;
}
