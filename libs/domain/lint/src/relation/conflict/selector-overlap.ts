import type { MeshObject } from '@spillway/domain-istio';
import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import { Spot } from '../../object/spot.js';
import { selectorOf } from '../reference/selector.js';
import { isSameLabels, labelsOf, type Labels } from '../world/labels.js';
import { selectedBy } from '../world/workload.js';
import { nameOf, type World } from '../world/world.js';

export const selectorOverlapRows = {
  SIDECAR_OVERLAP: {
    severity: 'error',
    istio: 'IST0110',
    means: 'Several Sidecars choose the same pods.',
    consequence: 'The oldest is in force for those pods and the others are ignored.',
    next: 'Make the selectors exclude each other.',
  },
  SIDECAR_DUPLICATE_DEFAULT: {
    severity: 'error',
    istio: 'IST0111',
    means: 'Several Sidecars without a selector are in one namespace.',
    consequence: 'The oldest is in force for the namespace and the others are ignored.',
    next: 'Keep one of them.',
  },
  TELEMETRY_OVERLAP: {
    severity: 'error',
    istio: 'IST0159',
    means: 'Several Telemetries choose the same pods.',
    consequence: 'One of them is in force for those pods, and which is not defined.',
    next: 'Make the selectors exclude each other, or merge them.',
  },
  TELEMETRY_DUPLICATE_DEFAULT: {
    severity: 'error',
    istio: 'IST0160',
    means: 'Several Telemetries without a selector are in one namespace.',
    consequence: 'One of them is in force for the namespace, and which is not defined.',
    next: 'Merge them.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(selectorOverlapRows);
type Code = keyof typeof selectorOverlapRows;

/** Objects of which one is in force for a pod: who competes with whom? */
export const checkSelectorOverlaps = (world: World): readonly Finding[] => [
  ...overlaps(world, world.sidecars, ['SIDECAR_OVERLAP', 'SIDECAR_DUPLICATE_DEFAULT']),
  ...overlaps(world, world.telemetries.filter(isForPods), [
    'TELEMETRY_OVERLAP',
    'TELEMETRY_DUPLICATE_DEFAULT',
  ]),
];

/** One with targets is for waypoints and gateways. */
const isForPods = ({ spec }: MeshObject): boolean =>
  new Spot(spec, 'spec').setOf('targetRef', 'targetRefs').length === 0;

const overlaps = (
  world: World,
  objects: readonly MeshObject[],
  [overlap, duplicate]: readonly [Code, Code],
): readonly Finding[] =>
  objects.flatMap((object) => {
    const spot = selectorOf(object);
    const labels = labelsOf(spot);
    const rivals = objects.filter(
      (other) =>
        other !== object &&
        other.metadata.namespace === object.metadata.namespace &&
        compete(world, object.metadata.namespace, [labels, labelsOf(selectorOf(other))]),
    );
    if (rivals.length === 0) return [];
    const names = rivals.map(nameOf).join(', ');
    return isDefault(labels)
      ? [found(duplicate, { object, path: '', message: `${names} has no selector either.` })]
      : [found(overlap, { object, path: spot.path, message: `${names} chooses the same pods.` })];
  });

const isDefault = (labels: Labels): boolean => Object.keys(labels).length === 0;

/** One with a selector goes before one without, so those two do not compete. */
function compete(
  { workloads, knows }: World,
  namespace: string,
  [a, b]: readonly [Labels, Labels],
): boolean {
  if (isDefault(a) || isDefault(b)) return isDefault(a) && isDefault(b);
  if (!knows.pods) return isSameLabels(a, b);
  return selectedBy(selectedBy(workloads, a, namespace), b).length > 0;
}
