import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import { carries } from '../world/labels.js';
import type { Gateway } from '../world/gateway.js';
import type { Port } from '../world/port.js';
import type { KnownHost } from '../world/registry.js';
import { selectedBy, type Workload } from '../world/workload.js';
import type { World } from '../world/world.js';

export const gatewayPortRows = {
  GATEWAY_PORT_NOT_ON_SERVICE: {
    severity: 'warning',
    istio: 'IST0162',
    means: 'A Gateway opens a port to which no Service of its pods leads.',
    consequence: 'Requests reach the port at the pods’ own addresses only, not through a Service.',
    next: 'Add a port with this targetPort to the Service of the gateway, or correct the number.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(gatewayPortRows);

export const checkGatewayPorts = (world: World): readonly Finding[] =>
  world.gateways.flatMap((gateway) => {
    const pods = selectedBy(world.workloads, gateway.selector);
    const ways = pods.flatMap((pod) => servicesOf(world, pod).map((service) => ({ pod, service })));
    if (ways.length === 0) return [];
    const reached = new Set(
      ways.flatMap(({ pod, service }) => service.ports.map((port) => targetOf(port, pod))),
    );
    return unreached(gateway, reached);
  });

const unreached = (
  { object, servers }: Gateway,
  reached: ReadonlySet<number | undefined>,
): readonly Finding[] =>
  servers
    // A named targetPort that the pod does not say may be any.
    .filter(({ port }) => !reached.has(port.number) && !reached.has(undefined))
    .map(({ port }) =>
      found('GATEWAY_PORT_NOT_ON_SERVICE', {
        object,
        path: port.spot.at('number').path,
        message: `No Service of the gateway's pods has the targetPort ${port.number}.`,
      }),
    );

const servicesOf = ({ registry }: World, pod: Workload): readonly KnownHost[] =>
  registry.hosts.filter(
    ({ object, selector, namespace }) =>
      object.kind === 'Service' &&
      namespace === pod.namespace &&
      selector !== undefined &&
      carries(pod.labels, selector),
  );

/** A targetPort may be the name of a port of the pod. */
function targetOf({ spot, number }: Port, pod: Workload): number | undefined {
  const target = spot.at('targetPort');
  if (!target.isSet) return number;
  return target.number ?? pod.ports.find(({ name }) => name === target.text)?.number;
}
