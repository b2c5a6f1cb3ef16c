import type { MeshObject } from '@spillway/domain-istio';
import type { Finding } from '../finding.js';
import { checkGatewayHosts } from './conflict/gateway-host.js';
import { checkGatewayServers } from './conflict/gateway-server.js';
import { checkMeshHosts } from './conflict/mesh-host.js';
import { checkSelectorOverlaps } from './conflict/selector-overlap.js';
import { checkDelegates } from './delegate/check-delegates.js';
import { checkEmptySubsets } from './destination/empty-subset.js';
import { checkIngressBypass } from './destination/ingress-bypass.js';
import { checkMirrors } from './destination/mirror.js';
import { checkRuleMerges } from './destination/rule-merge.js';
import { checkShadowedRules } from './destination/shadowed-rule.js';
import { checkPortNames } from './protocol/port-name.js';
import { checkRulePorts } from './protocol/rule-port.js';
import { checkGatewayNames } from './reference/gateway-name.js';
import { checkRuleHosts } from './reference/rule-host.js';
import { checkSelectors } from './reference/selector.js';
import { checkTargetHosts } from './reference/target-host.js';
import { checkTargetSubsets } from './reference/target-subset.js';
import { checkGatewayPorts } from './workload/gateway-port.js';
import { checkSeveralServices } from './workload/several-services.js';
import { checkSidecars } from './workload/sidecar.js';
import { readWorld, type RelationOptions, type World } from './world/world.js';

const checks: readonly ((world: World) => readonly Finding[])[] = [
  checkTargetHosts,
  checkTargetSubsets,
  checkGatewayNames,
  checkRuleHosts,
  checkSelectors,
  checkMeshHosts,
  checkGatewayHosts,
  checkGatewayServers,
  checkSelectorOverlaps,
  checkDelegates,
  checkEmptySubsets,
  checkShadowedRules,
  checkRuleMerges,
  checkIngressBypass,
  checkMirrors,
  checkRulePorts,
  checkPortNames,
  checkGatewayPorts,
  checkSeveralServices,
  checkSidecars,
];

/**
 * What is wrong between the objects of one cluster. What each of them is by
 * itself is `lintSchema`'s and the object rules' business: whatever has not the
 * shape of its kind is passed over here.
 */
export function lintRelations(
  objects: readonly MeshObject[],
  options: RelationOptions = {},
): readonly Finding[] {
  const world = readWorld(objects, options);
  return checks.flatMap((check) => check(world));
}
