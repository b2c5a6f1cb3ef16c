import type { UseCaseDeps } from '../deps.js';
import type { AccessUseCases } from './access-use-cases.js';
import { listAudit, verifyAudit, whoAmI } from './audit.js';
import { putMember, removeMember, getMember, listMembers } from './members.js';
import { createToken, rotateToken, revokeToken, getToken, listTokens } from './tokens.js';

export const createAccessUseCases = (deps: UseCaseDeps): AccessUseCases => ({
  createToken: createToken(deps),
  rotateToken: rotateToken(deps),
  revokeToken: revokeToken(deps),
  getToken: getToken(deps),
  listTokens: listTokens(deps),
  putMember: putMember(deps),
  removeMember: removeMember(deps),
  getMember: getMember(deps),
  listMembers: listMembers(deps),
  listAudit: listAudit(deps),
  verifyAudit: verifyAudit(deps),
  whoAmI: whoAmI(),
});
