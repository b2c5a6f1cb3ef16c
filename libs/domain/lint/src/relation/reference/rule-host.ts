import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import { isWildcard } from '../world/host.js';
import type { World } from '../world/world.js';

export const ruleHostRows = {
  RULE_HOST_UNKNOWN: {
    severity: 'warning',
    istio: 'IST0174',
    means: 'A DestinationRule is for a host that no Service and no ServiceEntry has.',
    consequence: 'Its subsets and its traffic policy are in force nowhere.',
    next: 'Correct the host, or create what has it.',
  },
  HOST_NOT_IN_REGISTRY: {
    severity: 'warning',
    means: 'A VirtualService routes a host in the mesh that no Service and no ServiceEntry has.',
    consequence:
      'Sidecars route the host on port 80 only; on any other port the rules are not in force.',
    next: 'Create a Service or a ServiceEntry with the host and its ports, or correct the host.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(ruleHostRows);

/** The hosts that rules are for: does Istio know them? */
export function checkRuleHosts(world: World): readonly Finding[] {
  if (!world.knows.hosts) return [];
  return [...destinationRules(world), ...virtualServices(world)];
}

const isKnown = ({ registry }: World, host: string): boolean =>
  host === '' || isWildcard(host) || registry.all(host).length > 0;

const destinationRules = (world: World): readonly Finding[] =>
  world.destinationRules
    .filter(({ host }) => !isKnown(world, host))
    .map(({ object, spec, host }) =>
      found('RULE_HOST_UNKNOWN', {
        object,
        path: spec.at('host').path,
        message: `No Service and no ServiceEntry has the host ${host}.`,
      }),
    );

/** A public host that gateways serve too is often bound to the mesh for good measure. */
const virtualServices = (world: World): readonly Finding[] =>
  world.virtualServices
    .filter(({ isInMesh, gateways }) => isInMesh && gateways.every(({ name }) => name === 'mesh'))
    .flatMap(({ object, hosts }) =>
      hosts
        .filter(({ host }) => !isKnown(world, host))
        .map(({ spot, host }) =>
          found('HOST_NOT_IN_REGISTRY', {
            object,
            path: spot.path,
            message: `No Service and no ServiceEntry has the host ${host}.`,
          }),
        ),
    );
