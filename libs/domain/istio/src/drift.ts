import type { Version } from '@spillway/kernel';
import { adopt } from './adopt/adopt.js';
import { differences } from './difference.js';
import type { LiveObject } from './istio-object.js';
import type { LiveRouting } from './live-routing.js';
import { renderVirtualService } from './render/render.js';
import { ownershipOf, type Traffic } from './traffic.js';

/** Who made what of routing that was as wanted: `kubectl-edit made spec.http[0].route[1].weight 50 instead of 10`. */
export function describeDrift(wanted: Traffic, live: LiveRouting): string {
  const { virtualService, destinationRule, deployments } = live;
  if (deployments !== undefined) return describePods(wanted, deployments);
  if (virtualService === undefined) return 'the VirtualService is gone';
  const routing = describeRouting(wanted, virtualService);
  if (routing !== undefined) return routing;
  if (destinationRule === undefined) return 'the DestinationRule is gone';
  return `${lastWriter(destinationRule)} changed the DestinationRule`;
}

function describeRouting(wanted: Traffic, virtualService: LiveObject): string | undefined {
  const by = lastWriter(virtualService);
  if (ownershipOf(wanted.service).kind === 'adopted')
    return describeAdopted(wanted, virtualService);
  const [first] = differences(renderVirtualService(wanted), virtualService);
  return first && `${by} made ${first.path} ${first.live} instead of ${first.wanted}`;
}

function describeAdopted(wanted: Traffic, virtualService: LiveObject): string | undefined {
  const adoption = adopt(wanted, virtualService);
  if (adoption.kind === 'problem') return adoption.because;
  const change =
    adoption.kind === 'patch' ? adoption.operations.find(({ op }) => op !== 'test') : undefined;
  return change && `${lastWriter(virtualService)} changed ${pathOf(change.path)}`;
}

/** `/spec/http/0/route` → `spec.http[0].route` */
const pathOf = (path: string): string =>
  path
    .slice(1)
    .replaceAll(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');

/** `catalog-v1 has 3 pods, 3 of them ready`. */
const describePods = (
  { stable, candidate }: Traffic,
  deployments: ReadonlyMap<Version, { name: string; replicas: number; ready: number }>,
): string =>
  [stable, candidate]
    .flatMap((version) => deployments.get(version) ?? [])
    .map(({ name, replicas, ready }) => `${name} has ${replicas} pods, ${ready} of them ready`)
    .join(', ');

/** `kubectl-edit (2026-11-21T12:03:11Z)`; the API server notes whole seconds. */
function lastWriter({ metadata }: LiveObject): string {
  const [last] = metadata.managers;
  if (last === undefined) return 'somebody';
  return last.at === '' ? last.name : `${last.name} (${last.at})`;
}
