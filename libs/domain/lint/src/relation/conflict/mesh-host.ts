import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import { shareSomebody } from '../world/export-to.js';
import { isWildcard, overlap } from '../world/host.js';
import { nameOf, type World } from '../world/world.js';
import type { HostName, VirtualService } from '../world/virtual-service.js';

export const meshHostRows = {
  HOST_CONFLICT: {
    severity: 'error',
    istio: 'IST0109',
    means: 'Several VirtualServices route the same host in the mesh for the same clients.',
    consequence:
      'The oldest has the whole host and the others are ignored; which one is the oldest may differ from cluster to cluster.',
    next: 'Merge them, or make one the root and the others its delegates.',
  },
  HOST_OVERLAP: {
    severity: 'warning',
    istio: 'IST0109',
    means: 'Hosts of VirtualServices that are exported differently overlap by a wildcard.',
    consequence: 'The more specific host wins, so a host’s rules depend on where its client is.',
    next: 'Export them to the same namespaces, or leave the specific host out of the wildcard.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(meshHostRows);

/** VirtualServices that claim the same host in the mesh. Sidecars do not merge them (istio §3.3). */
export function checkMeshHosts({ virtualServices }: World): readonly Finding[] {
  const inMesh = virtualServices.filter(({ isInMesh }) => isInMesh);
  return inMesh.flatMap((one) => {
    const rivals = inMesh.filter(
      (other) => other !== one && shareSomebody(one.audience, other.audience),
    );
    return one.hosts.flatMap((host) => checkHost(one, host, rivals));
  });
}

function checkHost(
  one: VirtualService,
  { spot, host }: HostName,
  rivals: readonly VirtualService[],
): readonly Finding[] {
  const { object } = one;
  const same = rivals.filter((rival) => rival.hosts.some((other) => other.host === host));
  if (same.length > 0) {
    const message = `${host} is routed by ${same.map((rival) => nameOf(rival.object)).join(', ')} as well; ${winner([one, ...same])}.`;
    return [found('HOST_CONFLICT', { object, path: spot.path, message })];
  }
  const overlapping = rivals.filter(
    (rival) =>
      (rival.audience === '*') !== (one.audience === '*') &&
      rival.hosts.some((other) => isOverlap(other.host, host)),
  );
  if (overlapping.length === 0) return [];
  const message = `${host} overlaps with a host of ${overlapping.map((rival) => nameOf(rival.object)).join(', ')}.`;
  return [found('HOST_OVERLAP', { object, path: spot.path, message })];
}

const isOverlap = (a: string, b: string): boolean =>
  (isWildcard(a) || isWildcard(b)) && overlap(a, b);

/** By age, then name, then namespace. Without ages nobody can say. */
function winner(rivals: readonly VirtualService[]): string {
  const ages = rivals.map(({ object }) => object.metadata.creationTimestamp);
  if (ages.includes(undefined)) return 'the oldest wins';
  const first = rivals.toSorted((a, b) => compare(ageKey(a), ageKey(b)))[0];
  return first === undefined ? 'the oldest wins' : `${nameOf(first.object)} is the oldest and wins`;
}

const ageKey = ({ object: { metadata } }: VirtualService): string =>
  [metadata.creationTimestamp, metadata.name, metadata.namespace].join('\0');

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
