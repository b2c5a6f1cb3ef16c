import type { MeshObject } from '@spillway/domain-istio';
import { finder } from '../catalogue.js';
import type { Finding } from '../finding.js';
import type { Meaning } from '../object/rule.js';
import { Spot } from '../object/spot.js';
import { nameOf } from './world/world.js';

export const clusterRows = {
  SERVICE_DIFFERS_ACROSS_CLUSTERS: {
    severity: 'warning',
    istio: 'IST0170',
    means:
      'A Service has another type, other ports or no address in one cluster and not in another.',
    consequence:
      'Istio takes both for one service, so the same request is handled differently by cluster.',
    next: 'Make the Service the same in all clusters.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(clusterRows);

interface Placed {
  readonly cluster: string;
  readonly object: MeshObject;
}

/** What differs between the clusters of a mesh, which takes things of the same name for the same. */
export function lintClusters(
  byCluster: Readonly<Record<string, readonly MeshObject[]>>,
): readonly Finding[] {
  const services = Object.entries(byCluster).flatMap(([cluster, objects]) =>
    objects
      .filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1')
      .map((object) => ({ cluster, object })),
  );
  const first = new Map<string, Placed>();
  return services.flatMap((service) => {
    const name = nameOf(service.object);
    const known = first.get(name);
    if (known !== undefined) return compare(known, service);
    first.set(name, service);
    return [];
  });
}

function compare(known: Placed, { cluster, object }: Placed): readonly Finding[] {
  const [before, after] = [traits(known.object), traits(object)];
  const differing = Object.keys(before).filter((trait) => before[trait] !== after[trait]);
  if (differing.length === 0) return [];
  const shown = differing.map((trait) => `${trait} ${before[trait]} and ${after[trait]}`);
  const message = `${nameOf(object)} has, in ${known.cluster} and in ${cluster}, ${shown.join('; ')}.`;
  return [found('SERVICE_DIFFERS_ACROSS_CLUSTERS', { object, path: 'spec', message })];
}

function traits({ spec }: MeshObject): Readonly<Record<string, string>> {
  const root = new Spot(spec, 'spec');
  return {
    type: root.at('type').text || 'ClusterIP',
    address: root.at('clusterIP').text === 'None' ? 'none' : 'one',
    ports: root.at('ports').items().map(shownPort).toSorted().join(', ') || 'none',
  };
}

const shownPort = (port: Spot): string =>
  [port.at('name').text, port.at('port').number, port.at('protocol').text || 'TCP']
    .filter((part) => part !== '')
    .join(' ');
