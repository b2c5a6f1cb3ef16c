import type { Meaning } from '../object/rule.js';
import { gatewayHostRows } from './conflict/gateway-host.js';
import { gatewayServerRows } from './conflict/gateway-server.js';
import { meshHostRows } from './conflict/mesh-host.js';
import { selectorOverlapRows } from './conflict/selector-overlap.js';
import { delegateRows } from './delegate/check-delegates.js';
import { emptySubsetRows } from './destination/empty-subset.js';
import { ingressBypassRows } from './destination/ingress-bypass.js';
import { mirrorRows } from './destination/mirror.js';
import { ruleMergeRows } from './destination/rule-merge.js';
import { shadowedRuleRows } from './destination/shadowed-rule.js';
import { clusterRows } from './lint-clusters.js';
import { portNameRows } from './protocol/port-name.js';
import { rulePortRows } from './protocol/rule-port.js';
import { gatewayNameRows } from './reference/gateway-name.js';
import { ruleHostRows } from './reference/rule-host.js';
import { selectorRows } from './reference/selector.js';
import { targetHostRows } from './reference/target-host.js';
import { targetSubsetRows } from './reference/target-subset.js';
import { gatewayPortRows } from './workload/gateway-port.js';
import { severalServicesRows } from './workload/several-services.js';
import { sidecarRows } from './workload/sidecar.js';

const rows = {
  ...targetHostRows,
  ...targetSubsetRows,
  ...gatewayNameRows,
  ...ruleHostRows,
  ...selectorRows,
  ...meshHostRows,
  ...gatewayHostRows,
  ...gatewayServerRows,
  ...selectorOverlapRows,
  ...delegateRows,
  ...emptySubsetRows,
  ...shadowedRuleRows,
  ...ruleMergeRows,
  ...ingressBypassRows,
  ...mirrorRows,
  ...rulePortRows,
  ...portNameRows,
  ...gatewayPortRows,
  ...severalServicesRows,
  ...sidecarRows,
  ...clusterRows,
};

export type RelationCode = keyof typeof rows;

/** What can be wrong between objects. */
export const relationCatalogue: Readonly<Record<RelationCode, Meaning>> = rows;
