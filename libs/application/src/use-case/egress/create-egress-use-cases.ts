import type { UseCaseDeps } from '../deps.js';
import { putEgressPolicy, enforceEgress } from './change-egress.js';
import type { EgressUseCases } from './egress-use-cases.js';
import { getEgressPolicy, listEgressPolicies, reportEgress } from './read-egress.js';
import { rollbackEgress } from './rollback-egress.js';

export const createEgressUseCases = (deps: UseCaseDeps): EgressUseCases => ({
  putEgressPolicy: putEgressPolicy(deps),
  enforceEgress: enforceEgress(deps),
  rollbackEgress: rollbackEgress(deps),
  getEgressPolicy: getEgressPolicy(deps),
  listEgressPolicies: listEgressPolicies(deps),
  reportEgress: reportEgress(deps),
});
