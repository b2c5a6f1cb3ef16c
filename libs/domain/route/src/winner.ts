import { isWithin, mostSpecific } from './host-match.js';
import type { KnownMesh } from './known-mesh.js';
import { label } from './mesh.js';
import type { VirtualService } from './read/virtual-service.js';

/** Who routes a service in the mesh, and why, in sentences. */
export interface Winner {
  readonly virtualService?: VirtualService;
  readonly because: readonly string[];
}

/**
 * Sidecars merge nothing: one VirtualService routes the whole host. Those that
 * name it most closely compete; the first of them that has any route for this
 * client wins, and without one the service keeps its default route.
 */
export function winnerOf(
  hostname: string,
  candidates: readonly VirtualService[],
  isUsable: (candidate: VirtualService) => boolean,
): Winner {
  const pattern = closestName(hostname, candidates);
  const claimants = candidates.filter(
    ({ hosts }) => pattern !== undefined && hosts.includes(pattern),
  );
  const virtualService = claimants.find(isUsable);
  return {
    ...(virtualService === undefined ? {} : { virtualService }),
    because: [
      ...claimants
        .slice(0, virtualService ? claimants.indexOf(virtualService) : undefined)
        .map(
          (idle) =>
            `VirtualService ${label(idle)} has no route for this client here, so it counts as absent.`,
        ),
      verdict(hostname, virtualService, claimants.length),
      ...claimants
        .slice(virtualService ? claimants.indexOf(virtualService) + 1 : claimants.length)
        .map(
          (late) =>
            `VirtualService ${label(late)} names ${pattern} too and is ignored as a whole: it comes later by export, then age, and a sidecar merges nothing.`,
        ),
      ...candidates
        .filter((wide) => !claimants.includes(wide) && covers(wide, hostname))
        .map((wide) => `VirtualService ${label(wide)} names it less closely and is ignored.`),
    ],
  };
}

const covers = ({ hosts }: VirtualService, hostname: string): boolean =>
  hosts.some((host) => isWithin(hostname, host));

/** Exact names shut out wildcards, even when none of them can be used. */
const closestName = (hostname: string, candidates: readonly VirtualService[]): string | undefined =>
  mostSpecific(
    hostname,
    candidates.flatMap(({ hosts }) => hosts),
  );

function verdict(hostname: string, winner: VirtualService | undefined, among: number): string {
  if (winner === undefined) {
    return `No VirtualService routes ${hostname} for this client, so the service's default route applies.`;
  }
  const first = among > 1 ? `, the first of ${among} that name it` : '';
  return `VirtualService ${label(winner)} routes ${hostname} in the mesh${first}.`;
}

/** Those for the mesh that name the host and that the client's namespace does not get. */
export const hidden = (
  { virtualServices }: KnownMesh,
  seen: readonly VirtualService[],
  hostname: string,
): readonly string[] =>
  virtualServices
    .filter(
      (candidate) =>
        candidate.gateways.includes('mesh') &&
        !seen.includes(candidate) &&
        covers(candidate, hostname),
    )
    .map(
      (candidate) =>
        `VirtualService ${label(candidate)} names it, but this client does not see it.`,
    );
