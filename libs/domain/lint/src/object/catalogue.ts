import { clientTlsRules } from './destination-rule/client-tls.js';
import { consistentHashRules } from './destination-rule/consistent-hash.js';
import { loadBalancerRules } from './destination-rule/load-balancer.js';
import { localityRules } from './destination-rule/locality.js';
import { outlierRules } from './destination-rule/outlier.js';
import { subsetRules } from './destination-rule/subsets.js';
import { trafficPolicyRules } from './destination-rule/traffic-policy.js';
import { tunnelRules } from './destination-rule/tunnel.js';
import { gatewayObjectRules } from './gateway/index.js';
import { serverRules } from './gateway/server.js';
import type { Meaning, Rule } from './rule.js';
import { endpointRules } from './service-entry/endpoint.js';
import { entryHostRules } from './service-entry/hosts.js';
import { entryPortRules } from './service-entry/ports.js';
import { resolutionRules } from './service-entry/resolution.js';
import { addressRules } from './shared/address.js';
import { connectionPoolRules } from './shared/connection-pool.js';
import { durationRules } from './shared/duration.js';
import { exportToRules } from './shared/export-to.js';
import { hostEntryRules } from './shared/host-entry.js';
import { hostRules } from './shared/host.js';
import { labelRules } from './shared/labels.js';
import { metadataRules } from './shared/metadata.js';
import { portRules } from './shared/port.js';
import { regexRules } from './shared/regex.js';
import { selectorRules } from './shared/selector.js';
import { serverTlsRules } from './shared/server-tls.js';
import { subsetNameRules } from './shared/subset-name.js';
import { egressRules } from './sidecar/egress.js';
import { sidecarRules } from './sidecar/index.js';
import { ingressRules } from './sidecar/ingress.js';
import { outboundRules } from './sidecar/outbound.js';
import { sidecarPortRules } from './sidecar/ports.js';
import { accessLogRules } from './telemetry/access-log.js';
import { metricRules } from './telemetry/metrics.js';
import { providerRules } from './telemetry/providers.js';
import { targetRules } from './telemetry/targets.js';
import { tracingRules } from './telemetry/tracing.js';
import { actionRules } from './virtual-service/action.js';
import { claimRules } from './virtual-service/claims.js';
import { corsRules } from './virtual-service/cors.js';
import { delegateRules } from './virtual-service/delegate.js';
import { destinationRules } from './virtual-service/destination.js';
import { directResponseRules } from './virtual-service/direct-response.js';
import { faultRules } from './virtual-service/fault.js';
import { gatewayRules } from './virtual-service/gateways.js';
import { headerMatchRules } from './virtual-service/header-match.js';
import { headerNameRules } from './virtual-service/header-name.js';
import { headerRules } from './virtual-service/headers.js';
import { virtualHostRules } from './virtual-service/hosts.js';
import { matchRules } from './virtual-service/match.js';
import { mirrorRules } from './virtual-service/mirror.js';
import { reachRules } from './virtual-service/reach.js';
import { redirectRules } from './virtual-service/redirect.js';
import { retryRules } from './virtual-service/retries.js';
import { rewriteRules } from './virtual-service/rewrite.js';
import { statusRules } from './virtual-service/status-range.js';
import { stringMatchRules } from './virtual-service/string-match.js';
import { tlsRules } from './virtual-service/tls.js';
import { weightRules } from './virtual-service/weights.js';
import { walkRules } from './walk.js';

/** Topics in the order of the documentation: what kinds share, then kind by kind. */
const topics: readonly Readonly<Record<string, Rule>>[] = [
  metadataRules,
  walkRules,
  durationRules,
  exportToRules,
  hostRules,
  hostEntryRules,
  portRules,
  addressRules,
  labelRules,
  selectorRules,
  regexRules,
  subsetNameRules,
  delegateRules,
  gatewayRules,
  virtualHostRules,
  claimRules,
  actionRules,
  matchRules,
  stringMatchRules,
  headerMatchRules,
  headerNameRules,
  headerRules,
  destinationRules,
  weightRules,
  retryRules,
  faultRules,
  statusRules,
  mirrorRules,
  corsRules,
  rewriteRules,
  redirectRules,
  directResponseRules,
  tlsRules,
  reachRules,
  subsetRules,
  trafficPolicyRules,
  outlierRules,
  connectionPoolRules,
  loadBalancerRules,
  consistentHashRules,
  localityRules,
  clientTlsRules,
  tunnelRules,
  entryHostRules,
  entryPortRules,
  resolutionRules,
  endpointRules,
  gatewayObjectRules,
  serverRules,
  serverTlsRules,
  sidecarRules,
  sidecarPortRules,
  egressRules,
  ingressRules,
  outboundRules,
  targetRules,
  providerRules,
  metricRules,
  tracingRules,
  accessLogRules,
];

/** A rule as documentation shows it. */
export interface CatalogueEntry extends Meaning {
  readonly code: string;
}

/** Every rule about single objects. */
export const ruleCatalogue: readonly CatalogueEntry[] = topics
  .flatMap((topic) => Object.values(topic))
  .map(({ code, severity, istio, means, consequence, next }) => ({
    code,
    severity,
    ...(istio === undefined ? {} : { istio }),
    means,
    consequence,
    next,
  }));
