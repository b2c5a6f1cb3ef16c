import { atGateway, httpServers } from './at-gateway.js';
import { routesIn } from './compile.js';
import type { CompiledRoute } from './compile.js';
import type { Explanation } from './explanation.js';
import { gatewayHosts, serversAt } from './gateway-hosts.js';
import { inMesh } from './in-mesh.js';
import { readMesh } from './known-mesh.js';
import { explainConnection } from './l4.js';
import { isGateway } from './mesh.js';
import type { Client, HttpRequest, Mesh, TcpRequest } from './mesh.js';
import { meshPort } from './mesh-hosts.js';
import { proxyOf } from './proxy.js';
import { virtualHostFor } from './virtual-host.js';

/**
 * Which route takes the request, and where it goes with which probability, when
 * the client's proxy has everything that is in `mesh`. Always answers.
 */
export function explain(mesh: Mesh, request: HttpRequest): Explanation {
  const known = readMesh(mesh);
  const proxy = proxyOf(known, request.from);
  return proxy.gateways === undefined
    ? inMesh(known, proxy, request)
    : atGateway(known, proxy, request);
}

/** The same for a connection whose bytes are no HTTP to the proxy: `tcp` and `tls` rules. */
export function explainTcp(mesh: Mesh, request: TcpRequest): Explanation {
  const known = readMesh(mesh);
  return explainConnection(known, proxyOf(known, request.from), request);
}

/** The HTTP routes that the client's proxy has for a host on a port, in order; none when it knows no such host. */
export function compileRoutes(
  mesh: Mesh,
  client: Client,
  host: string,
  port: number,
): readonly CompiledRoute[] {
  const known = readMesh(mesh);
  const proxy = proxyOf(known, client);
  const hosts = isGateway(client)
    ? gatewayHosts(known, proxy, httpServers(serversAt(proxy, port), host))
    : meshPort(known, proxy, port).hosts;
  return routesIn(virtualHostFor(hosts, host)?.items ?? []);
}
