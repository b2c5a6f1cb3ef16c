import { compile, defaultRoute, routesIn } from './compile.js';
import type { CompileContext, CompiledItem } from './compile.js';
import { isWildcard, overlap } from './host-match.js';
import type { KnownMesh } from './known-mesh.js';
import { sidecarListener } from './proxy.js';
import type { Proxy } from './proxy.js';
import type { Service } from './read/service.js';
import type { VirtualService } from './read/virtual-service.js';
import { egressAt, visibleServices } from './registry.js';
import type { EgressScope } from './registry.js';
import { domainsOf } from './virtual-host.js';
import type { VirtualHost } from './virtual-host.js';
import { hidden, winnerOf } from './winner.js';
import type { Winner } from './winner.js';

/** The port that names outside of the registry are served on, for lack of any other sign. */
const portOfStrangers = 80;

/** What a sidecar has for one port. */
export interface MeshPort {
  readonly scope: EgressScope;
  readonly hosts: readonly VirtualHost[];
  /** Services with this port, by whatever protocol. */
  readonly services: readonly Service[];
  /** Whether HTTP is spoken there at all. */
  readonly isHttp: boolean;
}

export function meshPort(mesh: KnownMesh, proxy: Proxy, port: number): MeshPort {
  const scope = egressAt(mesh, proxy, port);
  const services = [...scope.services.values()].filter(
    (service) => service.aliasOf === undefined && protocolAt(service, port) !== undefined,
  );
  const context = {
    ...sidecarListener(proxy, port),
    mesh,
    services: visibleServices(mesh, proxy.namespace),
  };
  const hosts = new MeshHosts(context, scope, services).build();
  return { scope, services, hosts, isHttp: hosts.length > 0 || port === portOfStrangers };
}

export const protocolAt = ({ ports }: Service, port: number) =>
  ports.find(({ number, protocol }) => number === port && protocol !== 'udp')?.protocol;

/** The virtual hosts of a port. A name that two of them have belongs to the first. */
class MeshHosts {
  private readonly candidates: readonly VirtualService[];
  private readonly compiled: ReadonlyMap<VirtualService, readonly CompiledItem[]>;
  private readonly http: readonly Service[];
  private readonly winners: ReadonlyMap<Service, Winner>;

  constructor(
    private readonly context: CompileContext,
    private readonly scope: EgressScope,
    private readonly services: readonly Service[],
  ) {
    this.candidates = scope.virtualServices.filter(
      ({ hosts }) =>
        context.port === portOfStrangers ||
        hosts.some((host) => services.some(({ hostname }) => overlap(host, hostname))),
    );
    this.compiled = new Map(this.candidates.map((one) => [one, compile(one, context)]));
    this.http = services.filter((service) =>
      ['http', 'auto'].includes(protocolAt(service, context.port) ?? ''),
    );
    this.winners = new Map(
      this.http.map((service) => [
        service,
        winnerOf(
          service.hostname,
          this.candidates,
          (one) => routesIn(this.itemsOf(one)).length > 0,
        ),
      ]),
    );
  }

  build(): readonly VirtualHost[] {
    const routed = this.candidates.flatMap((one) => this.ofVirtualService(one));
    const plain = this.http
      .filter((service) => this.winners.get(service)?.virtualService === undefined)
      .map((service) => this.ofService(service, this.defaultItems(service)));
    return [...routed, ...plain];
  }

  private itemsOf(virtualService: VirtualService): readonly CompiledItem[] {
    return this.compiled.get(virtualService) ?? [];
  }

  private ofVirtualService(one: VirtualService): readonly VirtualHost[] {
    const items = this.itemsOf(one);
    if (routesIn(items).length === 0) return [];
    const won = this.http.filter((service) => this.winners.get(service)?.virtualService === one);
    const isServed =
      this.context.port === portOfStrangers ||
      won.length > 0 ||
      this.http.some(({ hostname }) => one.hosts.includes(hostname));
    return [
      ...(isServed ? this.strangers(one).map((host) => this.ofStranger(host, one, items)) : []),
      ...won.map((service) => this.ofService(service, items)),
    ];
  }

  /** Hosts of a VirtualService that no service is called, or covered by. */
  private strangers({ hosts }: VirtualService): readonly string[] {
    return hosts.filter((host) =>
      isWildcard(host)
        ? !this.services.some(({ hostname }) => overlap(hostname, host))
        : !this.services.some(({ hostname }) => hostname === host),
    );
  }

  private ofStranger(
    host: string,
    { namespace, name }: VirtualService,
    items: readonly CompiledItem[],
  ): VirtualHost {
    return {
      domains: [host.toLowerCase()],
      items,
      because: [`VirtualService ${namespace}/${name} routes ${host}, which is no service.`],
      requiresTls: false,
    };
  }

  private ofService(service: Service, items: readonly CompiledItem[]): VirtualHost {
    const { proxy, mesh } = this.context;
    const aliases = [...this.scope.services.values()]
      .filter(({ aliasOf }) => aliasOf === service.hostname)
      .map(({ hostname }) => hostname);
    const { domains, short } = domainsOf(service, aliases, proxy.namespace, mesh.domain);
    const taken = new Set(this.services.map(({ hostname }) => hostname));
    return {
      domains: domains.filter((name) => !(short.includes(name) && taken.has(name))),
      items,
      because: [
        ...(this.winners.get(service)?.because ?? []),
        ...hidden(mesh, this.scope.virtualServices, service.hostname),
      ],
      requiresTls: false,
    };
  }

  private defaultItems({ hostname }: Service): readonly CompiledItem[] {
    return [{ sent: true, route: defaultRoute(hostname, this.context) }];
  }
}
