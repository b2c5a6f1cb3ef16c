import type { MeshObject } from '@spillway/domain-istio';
import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import { Spot } from '../../object/spot.js';
import { labelsOf, type Labels } from '../world/labels.js';
import { selectedBy } from '../world/workload.js';
import type { World } from '../world/world.js';

export const selectorRows = {
  GATEWAY_SELECTS_NO_POD: {
    severity: 'error',
    istio: 'IST0101',
    means: 'The selector of a Gateway matches no pod.',
    consequence: 'No proxy opens the ports of the Gateway.',
    next: 'Write the labels of the gateway’s pods.',
  },
  SIDECAR_SELECTS_NO_POD: {
    severity: 'error',
    istio: 'IST0101',
    means: 'The selector of a Sidecar matches no pod of its namespace.',
    consequence: 'It is in force for no proxy.',
    next: 'Write the labels of the pods, or remove the selector to mean all of the namespace.',
  },
  TELEMETRY_SELECTS_NO_POD: {
    severity: 'warning',
    istio: 'IST0127',
    means: 'The selector of a Telemetry matches no pod of its namespace.',
    consequence: 'It is in force for no proxy.',
    next: 'Write the labels of the pods, or remove the selector to mean all of the namespace.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(selectorRows);

/** The labels by which a Sidecar or a Telemetry chooses its pods; none means all of the namespace. */
export function selectorOf({ kind, spec }: MeshObject): Spot {
  const root = new Spot(spec, 'spec');
  return kind === 'Sidecar'
    ? root.at('workloadSelector').at('labels')
    : root.at('selector').at('matchLabels');
}

export function checkSelectors(world: World): readonly Finding[] {
  if (!world.knows.pods) return [];
  return [
    ...world.gateways.flatMap(({ object, spec, selector }) =>
      isEmpty(world, selector)
        ? [found('GATEWAY_SELECTS_NO_POD', about(object, spec.at('selector').path, selector))]
        : [],
    ),
    ...chosen(world, world.sidecars, 'SIDECAR_SELECTS_NO_POD'),
    // In the root namespace a Telemetry chooses among the pods of all.
    ...chosen(world, world.telemetries, 'TELEMETRY_SELECTS_NO_POD'),
  ];
}

const chosen = (
  world: World,
  objects: readonly MeshObject[],
  code: keyof typeof selectorRows,
): readonly Finding[] =>
  objects.flatMap((object) => {
    const { namespace } = object.metadata;
    const spot = selectorOf(object);
    const selector = labelsOf(spot);
    const within = namespace === world.rootNamespace ? undefined : namespace;
    return isEmpty(world, selector, within)
      ? [found(code, about(object, spot.path, selector))]
      : [];
  });

const isEmpty = ({ workloads }: World, selector: Labels, namespace?: string): boolean =>
  Object.keys(selector).length > 0 && selectedBy(workloads, selector, namespace).length === 0;

const about = (
  object: MeshObject,
  path: string,
  selector: Labels,
): { readonly object: MeshObject; readonly path: string; readonly message: string } => ({
  object,
  path,
  message: `No pod has ${shownLabels(selector)}.`,
});

const shownLabels = (labels: Labels): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
