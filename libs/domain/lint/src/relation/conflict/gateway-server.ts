import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import { admits, type Gateway, type Server, type ServerHost } from '../world/gateway.js';
import { overlap } from '../world/host.js';
import { carries } from '../world/labels.js';
import { selectedBy } from '../world/workload.js';
import type { World } from '../world/world.js';

export const gatewayServerRows = {
  GATEWAY_CONFLICT: {
    severity: 'error',
    istio: 'IST0145',
    means: 'Several Gateways open the same port of the same pods for overlapping hosts.',
    consequence: 'One of the servers is used for the host and the other is ignored.',
    next: 'Serve a host on a port in one Gateway, or choose other pods.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(gatewayServerRows);

/** Servers of different Gateways that want the same host on the same port of the same pods. */
export const checkGatewayServers = (world: World): readonly Finding[] =>
  world.gateways.flatMap((gateway) => {
    const neighbours = world.gateways.filter(
      (other) => other !== gateway && sharePods(world, gateway, other),
    );
    return gateway.servers.flatMap((server) => {
      const rivals = neighbours.filter((other) =>
        other.servers.some((theirs) => collide([gateway, server], [other, theirs])),
      );
      if (rivals.length === 0) return [];
      const hosts = server.hosts.map(({ host }) => host).join(', ');
      const names = rivals.map(({ name }) => name).join(', ');
      return [
        found('GATEWAY_CONFLICT', {
          object: gateway.object,
          path: server.spot.path,
          message: `${names} opens port ${server.port.number} for ${hosts} as well.`,
        }),
      ];
    });
  });

/** A selector that says less chooses all that one does which says more. */
const sharePods = ({ workloads }: World, a: Gateway, b: Gateway): boolean =>
  carries(a.selector, b.selector) ||
  carries(b.selector, a.selector) ||
  selectedBy(selectedBy(workloads, a.selector), b.selector).length > 0;

type Place = readonly [Gateway, Server];

const collide = ([ours, a]: Place, [theirs, b]: Place): boolean =>
  a.port.number === b.port.number &&
  a.bind === b.bind &&
  a.hosts.some((host) =>
    b.hosts.some((other) => overlap(host.host, other.host) && shareNamespace(host, other)),
  ) &&
  ours !== theirs;

const shareNamespace = (a: ServerHost, b: ServerHost): boolean =>
  admits(a, b.namespace) || admits(b, a.namespace);
