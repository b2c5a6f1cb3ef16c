import { outcome } from './answer.js';
import type { ClusterContext } from './cluster.js';
import type { Explanation, RouteOrigin } from './explanation.js';
import { hostsFor, serversAt } from './gateway-hosts.js';
import type { BoundServer } from './gateway-hosts.js';
import { bareHost, commonHosts, overlap } from './host-match.js';
import type { KnownMesh } from './known-mesh.js';
import { bySni, candidatesIn, inOrder } from './l4-choice.js';
import type { Choice } from './l4-choice.js';
import { label } from './mesh.js';
import type { TcpRequest } from './mesh.js';
import { meshPort, protocolAt } from './mesh-hosts.js';
import { notForL4, otherGateway, sidecarListener } from './proxy.js';
import type { Listener, Proxy } from './proxy.js';
import type { WeightedDestination } from './read/destination.js';
import { noChanges, noOperations } from './read/headers.js';
import type { Service } from './read/service.js';
import { visibleServices, visibleVirtualServices } from './registry.js';
import { sharesOf } from './shares.js';
import { closest } from './sni.js';
import { knownAs } from './virtual-host.js';

export function explainConnection(mesh: KnownMesh, proxy: Proxy, request: TcpRequest): Explanation {
  return proxy.gateways === undefined
    ? fromSidecar(mesh, proxy, request)
    : throughGateway(mesh, proxy, request);
}

function fromSidecar(mesh: KnownMesh, proxy: Proxy, request: TcpRequest): Explanation {
  const here = meshPort(mesh, proxy, request.port);
  const name = bareHost(request.host ?? request.sni ?? '');
  const service = here.services.find((one) => knownAs(one, name, proxy.namespace, mesh.domain));
  const { because, policy, virtualServices } = here.scope;
  if (service === undefined) return unknown(name, request.port, policy, because);
  const listener = sidecarListener(proxy, request.port);
  const context = { ...listener, mesh, services: visibleServices(mesh, proxy.namespace) };
  const naming = virtualServices.filter(({ hosts }) =>
    hosts.some((host) => overlap(host, service.hostname)),
  );
  const kind = protocolAt(service, request.port) === 'tls' ? 'tls' : 'tcp';
  const candidates = candidatesIn(naming, kind);
  const choose = kind === 'tls' ? bySni : inOrder;
  const choice = choose(candidates, request, (match) => notForL4(match.client, listener));
  return conclude(choice, context, because, service);
}

type L4Context = ClusterContext & Listener;

function conclude(
  { taken, replacesDefault, considered }: Choice,
  context: L4Context,
  because: readonly string[],
  service?: Service,
): Explanation {
  if (taken) {
    const { virtualService } = taken.origin;
    const sentence = `${taken.rule.kind}[${taken.rule.index}] of VirtualService ${virtualService ? label(virtualService) : ''} fits.`;
    return forward(taken.origin, taken.rule.route, context, {
      because: [...because, sentence],
      considered,
    });
  }
  if (service === undefined || replacesDefault) {
    const sentence =
      'No rule fits, and the proxy has nothing else for it: the connection is closed.';
    return { kind: 'closed', because: [...because, sentence], considered };
  }
  const sentence = `No rule of a VirtualService is for it, so it goes to ${service.hostname} itself.`;
  const destination = { host: service.hostname, port: context.port };
  return forward(
    { virtualService: null, route: '', ruleIndex: null, matchIndex: null },
    [{ destination, weight: 1, headers: noOperations }],
    context,
    { because: [...because, sentence], considered },
  );
}

function forward(
  origin: RouteOrigin,
  route: readonly WeightedDestination[],
  context: L4Context,
  reasons: Pick<Explanation, 'because' | 'considered'>,
): Explanation {
  const shares = sharesOf(route, context);
  const plain = { mirrors: [], requestHeaders: noChanges, responseHeaders: noChanges };
  const action = shares.ok
    ? ({ kind: 'forward', destinations: shares.destinations, ...plain } as const)
    : ({ kind: 'refused', because: shares.because } as const);
  return outcome({ ...origin, action }, reasons);
}

function unknown(
  name: string,
  port: number,
  policy: string,
  before: readonly string[],
): Explanation {
  const because = [
    ...before,
    `This client's proxy knows ${name === '' ? 'nothing' : `no ${name}`} on port ${port}.`,
  ];
  return policy === 'ALLOW_ANY'
    ? {
        kind: 'passthrough',
        because: [...because, 'outboundTrafficPolicy is ALLOW_ANY.'],
        considered: [],
      }
    : {
        kind: 'closed',
        because: [...because, 'outboundTrafficPolicy is REGISTRY_ONLY (BlackHoleCluster).'],
        considered: [],
      };
}

function throughGateway(mesh: KnownMesh, proxy: Proxy, request: TcpRequest): Explanation {
  const isTls = request.sni !== undefined;
  const servers = serversAt(proxy, request.port).filter(
    ({ server }) => server.mode === 'tcp' || (server.mode === 'tls-passthrough' && isTls),
  );
  const bound = servers.find((one) => takesSni(one, request.sni));
  if (bound === undefined) {
    const sentence = `No server of the gateway takes such a connection on port ${request.port}.`;
    return { kind: 'closed', because: [sentence], considered: [] };
  }
  const { gateway, server } = bound;
  const listener = { proxy, port: request.port, gateway: label(gateway) };
  const context = { ...listener, mesh, services: visibleServices(mesh, proxy.namespace) };
  const naming = visibleVirtualServices(mesh, proxy.namespace, label(gateway)).filter(
    ({ hosts, namespace }) => commonHosts(hostsFor(server, namespace), hosts).length > 0,
  );
  const isPassthrough = server.mode === 'tls-passthrough';
  const candidates = candidatesIn(naming, isPassthrough ? 'tls' : 'tcp');
  const choose = isPassthrough ? bySni : inOrder;
  // Source labels and addresses are not looked at here; port and gateway are.
  const choice = choose(candidates, request, ({ client }) =>
    client.port === undefined || client.port === request.port
      ? otherGateway(client, listener)
      : `it is for port ${client.port}`,
  );
  return conclude(choice, context, [`Gateway ${label(gateway)} takes it on port ${request.port}.`]);
}

const takesSni = ({ server }: BoundServer, sni: string | undefined): boolean =>
  sni === undefined ||
  closest([{ sniHosts: server.hosts.map(({ host }) => host), of: true }], sni) === true;
