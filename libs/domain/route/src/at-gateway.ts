import { answer, refusal } from './answer.js';
import type { Explanation } from './explanation.js';
import { gatewayHosts, serversAt } from './gateway-hosts.js';
import type { BoundServer } from './gateway-hosts.js';
import { bareHost, isWithin, portIn } from './host-match.js';
import type { KnownMesh } from './known-mesh.js';
import { explainConnection } from './l4.js';
import { isGateway } from './mesh.js';
import type { HttpRequest } from './mesh.js';
import type { Proxy } from './proxy.js';
import { virtualHostFor } from './virtual-host.js';

const closed = (why: string): Explanation => ({ kind: 'closed', because: [why], considered: [] });

/** A request that comes in through a gateway workload. */
export function atGateway(mesh: KnownMesh, proxy: Proxy, request: HttpRequest): Explanation {
  const name = isGateway(request.from) ? request.from.gateway : '';
  if (proxy.gateways?.length === 0) return closed(`There is no Gateway ${name}.`);
  const port = portOf(request, proxy);
  const all = serversAt(proxy, port);
  if (all.length === 0) return closed(`Gateway ${name} has no server on port ${port}.`);
  const scheme = request.scheme ?? (all.some(isPlain) ? 'http' : 'https');
  const servers = httpServers(
    all.filter((bound) => isPlain(bound) === (scheme === 'http')),
    request.host,
  );
  if (servers.length === 0) return notHttp(mesh, proxy, request, { port, scheme });
  const because = [`Gateway ${name} takes ${scheme} on port ${port}.`];
  return fromServers(mesh, proxy, servers, { ...request, scheme }, because);
}

const portOf = ({ port, host }: HttpRequest, proxy: Proxy): number =>
  port ?? portIn(host) ?? onlyHttpPort(proxy) ?? 80;

/** No server there reads HTTP, but one may pass the bytes on. */
function notHttp(
  mesh: KnownMesh,
  proxy: Proxy,
  { host, from }: HttpRequest,
  { port, scheme }: { readonly port: number; readonly scheme: string },
): Explanation {
  const sni = scheme === 'https' ? { sni: bareHost(host) } : {};
  return explainConnection(mesh, proxy, { port, from, ...sni });
}

function fromServers(
  mesh: KnownMesh,
  proxy: Proxy,
  servers: readonly BoundServer[],
  request: HttpRequest,
  because: readonly string[],
): Explanation {
  const hosts = gatewayHosts(mesh, proxy, servers);
  const refused = refusal(hosts, because);
  if (refused) return refused;
  const host = virtualHostFor(hosts, request.host);
  if (host) return answer(mesh, host, request, because);
  const sentence = `No VirtualService that is bound to it has ${bareHost(request.host)} on this port.`;
  return {
    kind: 'status',
    code: 404,
    flag: 'NR',
    because: [...because, sentence],
    considered: [],
  };
}

const isPlain = ({ server }: BoundServer): boolean => server.mode === 'http';

function onlyHttpPort({ gateways = [] }: Proxy): number | undefined {
  const ports = gateways.flatMap(({ servers }) =>
    servers.filter(({ mode }) => mode === 'http' || mode === 'https').map(({ port }) => port),
  );
  const [first, ...others] = new Set(ports);
  return others.length === 0 ? first : undefined;
}

/** Plain servers of a port share their routes; of TLS servers the one that the SNI chooses has its own. */
export function httpServers(servers: readonly BoundServer[], host: string): readonly BoundServer[] {
  const plain = servers.filter(isPlain);
  if (plain.length > 0) return plain;
  const chosen = servers.find(
    ({ server }) =>
      server.mode === 'https' &&
      server.hosts.some((entry) => isWithin(bareHost(host), entry.host.toLowerCase())),
  );
  return chosen ? [chosen] : [];
}
