import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import { covers } from '../world/host.js';
import type { Target } from '../world/virtual-service.js';
import type { World } from '../world/world.js';
import { isEmptySubset } from './pods-of-subset.js';

export const emptySubsetRows = {
  SUBSET_SELECTS_NO_POD: {
    severity: 'error',
    istio: 'IST0173',
    means: 'The labels of a subset match no pod of the host.',
    consequence: 'Requests that are routed to it get 503, unless another cluster has such pods.',
    next: 'Correct the labels, or deploy the version before anything routes to it.',
  },
  WEIGHT_ON_EMPTY_SUBSET: {
    severity: 'error',
    means: 'A rule sends requests to a subset that matches no pod.',
    consequence: 'Its share of the requests gets 503, unless another cluster has such pods.',
    next: 'Give it weight when it has ready pods.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(emptySubsetRows);

/** Subsets without pods, and who is sent there. */
export const checkEmptySubsets = (world: World): readonly Finding[] => [
  ...world.destinationRules.flatMap(({ object, host, subsets }) =>
    subsets
      .filter(({ labels }) => isEmptySubset(world, host, labels))
      .map(({ spot, name }) =>
        found('SUBSET_SELECTS_NO_POD', {
          object,
          path: spot.path,
          message: `No pod of ${host} has the labels of the subset ${name}.`,
        }),
      ),
  ),
  ...world.virtualServices.flatMap(({ object, targets }) =>
    targets
      .filter((target) => target.isUsed && !target.isMirror && leadsNowhere(world, target))
      .map(({ spot, host, subset }) =>
        found('WEIGHT_ON_EMPTY_SUBSET', {
          object,
          path: spot.path,
          message: `The subset ${subset} of ${host} matches no pod.`,
        }),
      ),
  ),
];

/** There is the subset, and however often it is defined, it is empty. */
function leadsNowhere(world: World, { host, subset }: Target): boolean {
  if (subset === '') return false;
  const defined = world.destinationRules
    .filter((rule) => covers(rule.host, host))
    .flatMap(({ subsets }) => subsets.filter(({ name }) => name === subset));
  return defined.length > 0 && defined.every(({ labels }) => isEmptySubset(world, host, labels));
}
