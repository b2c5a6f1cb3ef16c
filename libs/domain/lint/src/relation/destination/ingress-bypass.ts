import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import { nameOf, type World } from '../world/world.js';
import type { VirtualService } from '../world/virtual-service.js';

export const ingressBypassRows = {
  INGRESS_BYPASSES_MESH_RULES: {
    severity: 'warning',
    istio: 'IST0140',
    means:
      'A rule at a Gateway routes to a host as a whole, and rules in the mesh split that host by subset.',
    consequence:
      'Requests through the Gateway never see the split of the mesh and reach all versions.',
    next: 'Write the same split into the rule of the Gateway, or delegate both to one VirtualService.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(ingressBypassRows);

/** Rules at the edge end there: a gateway's destination is not routed again by the rules of the mesh. */
export const checkIngressBypass = ({ virtualServices }: World): readonly Finding[] =>
  virtualServices
    .filter(({ gateways }) => gateways.some(({ name }) => name !== 'mesh'))
    .flatMap((one) =>
      one.targets
        .filter(({ kind, isMirror, subset }) => kind === 'http' && !isMirror && subset === '')
        .flatMap(({ spot, host }) => {
          const splitting = virtualServices.find((other) => other !== one && splits(other, host));
          if (splitting === undefined) return [];
          const message = `${nameOf(splitting.object)} splits ${host} by subset, in the mesh only.`;
          return [
            found('INGRESS_BYPASSES_MESH_RULES', { object: one.object, path: spot.path, message }),
          ];
        }),
    );

const splits = ({ isInMesh, hosts, targets }: VirtualService, host: string): boolean =>
  isInMesh &&
  hosts.some((own) => own.host === host) &&
  targets.some((target) => target.host === host && target.subset !== '' && !target.isMirror);
