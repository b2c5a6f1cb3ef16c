import { answer, refusal } from './answer.js';
import { onlyPort } from './cluster.js';
import type { Explanation } from './explanation.js';
import { bareHost, portIn } from './host-match.js';
import type { KnownMesh } from './known-mesh.js';
import { explainConnection } from './l4.js';
import type { HttpRequest } from './mesh.js';
import { meshPort, protocolAt } from './mesh-hosts.js';
import type { MeshPort } from './mesh-hosts.js';
import type { Proxy } from './proxy.js';
import { visibleServices } from './registry.js';
import { knownAs, virtualHostFor } from './virtual-host.js';

/** A request that a workload sends through its sidecar. */
export function inMesh(mesh: KnownMesh, proxy: Proxy, request: HttpRequest): Explanation {
  const called = [...visibleServices(mesh, proxy.namespace).values()].find((service) =>
    knownAs(service, bareHost(request.host), proxy.namespace, mesh.domain),
  );
  const port = request.port ?? portIn(request.host) ?? onlyPort(called) ?? 80;
  const here = meshPort(mesh, proxy, port);
  const { because } = here.scope;
  const protocol = called && here.services.includes(called) && protocolAt(called, port);
  if (protocol === 'tcp' || protocol === 'tls') {
    return notHttp(mesh, proxy, request, port);
  }
  const host = virtualHostFor(here.hosts, request.host);
  const refused = refusal(here.hosts, because);
  if (refused) return refused;
  return host ? answer(mesh, host, request, because) : unknown(request.host, port, here);
}

/** HTTP on a port that is called something else: the proxy does not see that it is HTTP. */
function notHttp(
  mesh: KnownMesh,
  proxy: Proxy,
  { host, scheme, from }: HttpRequest,
  port: number,
): Explanation {
  const name = bareHost(host);
  const sni = scheme === 'https' ? { sni: name } : {};
  const explained = explainConnection(mesh, proxy, { port, host: name, from, ...sni });
  return {
    ...explained,
    because: [
      `Port ${port} of ${name} is not HTTP by its name or appProtocol, so no http rule applies.`,
      ...explained.because,
    ],
  };
}

function unknown(host: string, port: number, { scope, isHttp }: MeshPort): Explanation {
  const because = [
    ...scope.because,
    `This client's proxy knows no ${bareHost(host)} on port ${port}.`,
  ];
  if (scope.policy === 'ALLOW_ANY') {
    const sentence =
      'outboundTrafficPolicy is ALLOW_ANY: it goes to where the client meant, unrouted.';
    return { kind: 'passthrough', because: [...because, sentence], considered: [] };
  }
  const only = 'outboundTrafficPolicy is REGISTRY_ONLY';
  return isHttp
    ? {
        kind: 'status',
        code: 502,
        because: [...because, `${only}: the proxy answers 502 itself (block_all).`],
        considered: [],
      }
    : {
        kind: 'closed',
        because: [
          ...because,
          `${only}, and nothing speaks HTTP on this port: the connection is closed (BlackHoleCluster).`,
        ],
        considered: [],
      };
}
