import { startLoopback, type LoopbackServer, type Reply } from './loopback-server.js';

const routeType = 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration';

interface Proxy {
  readonly hosts: readonly string[];
  readonly routes: readonly string[];
  readonly connectionId: string;
  /** It has acknowledged an older push than the last. */
  readonly isFrozen?: boolean;
  readonly lastError?: string;
  /** It watches no route configuration. */
  readonly isRouteless?: boolean;
}

/** Answers as istiod 1.29 was seen to, in the shapes that were measured. */
export class ScriptedIstiod {
  private readonly proxies = new Map<string, Proxy>();
  isSilent = false;
  status = 200;
  /** Gone between two questions. */
  readonly gone = new Set<string>();
  private counter = 0;

  private constructor(readonly server: { current?: LoopbackServer }) {}

  static async start(): Promise<ScriptedIstiod> {
    const istiod = new ScriptedIstiod({});
    istiod.server.current = await startLoopback((url) => istiod.reply(url));
    return istiod;
  }

  get url(): string {
    return this.server.current?.url ?? '';
  }

  get asked(): readonly string[] {
    return this.server.current?.asked ?? [];
  }

  async close(): Promise<void> {
    await this.server.current?.close();
  }

  put(name: string, state: Omit<Proxy, 'connectionId'> & Partial<Proxy>): void {
    const before = this.proxies.get(name)?.connectionId;
    this.counter += 1;
    this.proxies.set(name, { connectionId: before ?? `${name}-${this.counter}`, ...state });
  }

  private reply({ pathname, searchParams }: URL): Reply {
    if (this.isSilent) return undefined;
    if (this.status !== 200) return { status: this.status, body: 'not authenticated' };
    if (pathname === '/debug/adsz') return { body: this.adsz() };
    if (pathname === '/debug/syncz') return { body: this.syncz() };
    if (pathname === '/debug/config_dump' && searchParams.get('types') === 'rds') {
      return this.dump(searchParams.get('proxyID') ?? '');
    }
    return { status: 404, body: `no such page: ${pathname}` };
  }

  private adsz(): unknown {
    const clients = [...this.proxies.values()].map(({ connectionId, isRouteless }) => ({
      connectionId,
      connectedAt: '2026-01-05T01:48:07Z',
      address: '127.0.0.1:40000',
      labels: { app: 'web' },
      metadata: {},
      watches: isRouteless === true ? {} : { [routeType]: ['80'] },
    }));
    return { totalClients: clients.length, clients };
  }

  private syncz(): unknown {
    return [...this.proxies].map(([proxy, { isFrozen, lastError }]) => {
      const sent = '2026-01-05T01:49:28Z/35b6f2c1';
      const acked = isFrozen === true ? '2026-01-05T01:48:07Z/34a1d0e7' : sent;
      return {
        cluster_id: 'c1',
        proxy,
        proxy_type: 'sidecar',
        istio_version: '1.29.6',
        route_sent: sent,
        route_acked: acked,
        resources: {
          [routeType]: {
            sent,
            acked,
            sentTime: '2026-01-05T01:49:28Z',
            ...(lastError === undefined ? {} : { lastError }),
          },
        },
      };
    });
  }

  /** Any connection that contains what is asked for, as istiod does. */
  private dump(proxyID: string): Reply {
    const found = [...this.proxies.values()].find(({ connectionId }) =>
      connectionId.includes(proxyID),
    );
    if (found === undefined || this.gone.has(proxyID)) {
      const body =
        'Proxy not connected to this Pilot instance. It may be connected to another instance.';
      return { status: 404, body };
    }
    const { hosts, routes } = found;
    const virtualHosts = [
      { name: 'allow_any', domains: ['*'], routes: [{ name: 'allow_any' }] },
      {
        name: `${hosts[0]}:80`,
        domains: [...hosts, ...hosts.map((host) => `${host}:80`)],
        routes: routes.map((name) => ({ name, match: { prefix: '/' }, route: {} })),
      },
    ];
    return { body: { configs: [{ '@type': routeType, name: '80', virtualHosts }] } };
  }
}
