import { ownershipOf, protocolOf } from '@spillway/domain-istio';
import type { Plan } from '@spillway/domain-release';
import { isDnsLabel, refusal, type Refusal } from '@spillway/kernel';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { ServiceRecord } from '../port/service-store.js';
import { refuseUnverifiable } from './refuse-unverifiable.js';
import type { StartRelease } from './use-cases.js';

type Wanted = Pick<StartRelease, 'candidate' | 'strategy'> & {
  readonly plan: Plan;
  readonly clusters: readonly ClusterRecord[];
};

/** Why this service cannot be released so, though both are right by themselves. */
export const refuseUnfit = (service: ServiceRecord, wanted: Wanted): Refusal | undefined =>
  refuseCandidate(service, wanted) ??
  refuseRequests(service, wanted) ??
  refuseEdge(service, wanted) ??
  refuseUnverifiable(service, wanted);

/** A version that is a Kubernetes Service or a Deployment of its own is part of its name. */
function refuseCandidate(service: ServiceRecord, { candidate }: Wanted): Refusal | undefined {
  const ownership = ownershipOf(service);
  const template = ownership.kind === 'replicas' ? ownership.deployment : service.versionHost;
  const name = template?.replaceAll('{version}', candidate);
  if (name === undefined || name.split('.').every(isDnsLabel)) return undefined;
  return refusal(
    'INVALID_INPUT',
    `"${candidate}" makes no DNS name: "${name}".`,
    'Name versions in small letters, digits and "-", few enough for 63 characters.',
    'candidate',
  );
}

/** Connections have no headers, and pods take what comes. */
function refuseRequests(service: ServiceRecord, { strategy, plan }: Wanted): Refusal | undefined {
  const blind = blindly(service);
  const wish = blind === undefined ? undefined : wishOf(plan);
  if (wish === undefined) return undefined;
  return unfit(
    `Strategy "${strategy}" ${wish}, but service "${service.service}" is routed ${blind}.`,
    'Take a strategy of weights only.',
  );
}

function blindly(service: ServiceRecord): string | undefined {
  if (ownershipOf(service).kind === 'replicas') return 'by its pods';
  const protocol = protocolOf(service);
  return protocol === 'tcp' || protocol === 'tls' ? `by ${protocol} connection` : undefined;
}

function wishOf({ steps, sticky }: Plan): string | undefined {
  const route = steps.find((step) => step.kind === 'route')?.route;
  if (route !== undefined) return `has route "${route.name}", which looks at requests`;
  if (steps.some((step) => step.kind === 'mirror')) return 'copies requests';
  return sticky === undefined ? undefined : `sets cookie "${sticky.cookie}"`;
}

/** An adopted VirtualService says itself which gateways it is at. */
function refuseEdge(service: ServiceRecord, { strategy, plan }: Wanted): Refusal | undefined {
  if (service.edge !== undefined || ownershipOf(service).kind === 'adopted') return undefined;
  const edgeOnly = plan.steps
    .filter((step) => step.kind === 'route')
    .find(({ route }) => route.where === 'edge');
  if (edgeOnly === undefined) return undefined;
  return unfit(
    `Strategy "${strategy}" has route "${edgeOnly.route.name}" at the edge, where service "${service.service}" is not.`,
    'Give the service an edge with gateways and hosts, or leave out where: edge.',
  );
}

const unfit = (message: string, next: string): Refusal =>
  refusal('INVALID_STRATEGY', message, next, 'strategy');
