import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import { covers } from '../world/host.js';
import type { DestinationRule } from '../world/destination-rule.js';
import type { World } from '../world/world.js';

export const targetSubsetRows = {
  SUBSET_NOT_FOUND: {
    severity: 'error',
    istio: 'IST0101',
    means: 'A destination names a subset that no DestinationRule of the host defines.',
    consequence:
      'The share of requests that is sent there gets 503; istiod accepts it without a word.',
    next: 'Define the subset in a DestinationRule first, and route to it when proxies have it.',
  },
  MIRROR_SUBSET_NOT_FOUND: {
    severity: 'error',
    istio: 'IST0101',
    means: 'A mirror names a subset that no DestinationRule of the host defines.',
    consequence: 'Nothing is mirrored, and nothing says so.',
    next: 'Define the subset in a DestinationRule first.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(targetSubsetRows);

/** Where VirtualServices send requests: does any DestinationRule have the subset? */
export function checkTargetSubsets(world: World): readonly Finding[] {
  if (!world.knows.subsets) return [];
  return world.virtualServices.flatMap(({ object, targets }) =>
    targets
      .filter(({ host, subset }) => subset !== '' && !isDefined(world, host, subset))
      .map(({ spot, host, subset, isMirror }) =>
        found(isMirror ? 'MIRROR_SUBSET_NOT_FOUND' : 'SUBSET_NOT_FOUND', {
          object,
          path: spot.at('subset').path,
          message: `No DestinationRule of ${host} defines the subset ${subset}${others(world, host)}.`,
        }),
      ),
  );
}

const ofHost = ({ destinationRules }: World, host: string): readonly DestinationRule[] =>
  destinationRules.filter((rule) => rule.host !== '' && covers(rule.host, host));

const isDefined = (world: World, host: string, subset: string): boolean =>
  ofHost(world, host).some(({ subsets }) => subsets.some(({ name }) => name === subset));

function others(world: World, host: string): string {
  const names = new Set(ofHost(world, host).flatMap(({ subsets }) => subsets.map((s) => s.name)));
  return names.size === 0 ? '' : `, only ${[...names].join(', ')}`;
}
