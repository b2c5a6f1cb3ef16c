import { request } from 'undici';

/** A route as a proxy has it. */
export interface ProxyRoute {
  readonly name: string;
  /** The listener's port in the mesh, as `Proxy.port` is asked for it. */
  readonly listener: string;
  readonly domains: readonly string[];
  /** Weights as they are, or the one cluster with weight 1. */
  readonly clusters: readonly { readonly name: string; readonly weight: number }[];
}

interface RouteDump {
  readonly configs?: readonly {
    readonly version_info?: string;
    readonly route_config: {
      readonly name: string;
      readonly virtual_hosts?: readonly {
        readonly domains: readonly string[];
        readonly routes?: readonly {
          readonly name?: string;
          readonly route?: {
            readonly cluster?: string;
            readonly weighted_clusters?: {
              readonly clusters: readonly { readonly name: string; readonly weight?: number }[];
            };
          };
        }[];
      }[];
    };
  }[];
}

/** One Envoy's admin port. */
export class EnvoyAdmin {
  constructor(readonly url: string) {}

  async text(path: string): Promise<string> {
    const { statusCode, body } = await request(this.url + path, { headersTimeout: 5_000 });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`${path} was answered ${statusCode}: ${text}`);
    return text;
  }

  async isLive(): Promise<boolean> {
    return (await this.text('/ready')).trim() === 'LIVE';
  }

  async routes(): Promise<readonly ProxyRoute[]> {
    const { configs = [] } = await this.dump();
    return configs.flatMap(({ route_config: { name: listener, virtual_hosts = [] } }) =>
      virtual_hosts.flatMap(({ domains, routes = [] }) =>
        routes.map(({ name = '', route }) => ({
          name,
          listener,
          domains,
          clusters: (
            route?.weighted_clusters?.clusters ??
            (route?.cluster ? [{ name: route.cluster, weight: 1 }] : [])
          ).map(({ name: cluster, weight = 0 }) => ({ name: cluster, weight })),
        })),
      ),
    );
  }

  /** By resource: `clusters`, `listeners`, and each route configuration's name. */
  async versions(): Promise<ReadonlyMap<string, string>> {
    const texts = await this.text('/stats?type=TextReadouts&filter=(cds|lds)\\.version_text');
    const of = (of: string): string =>
      new RegExp(`${of}.version_text: "(.*)"`).exec(texts)?.[1] ?? '';
    const { configs = [] } = await this.dump();
    const routes = configs.map(
      ({ route_config: { name }, version_info = '' }) => [`routes-${name}`, version_info] as const,
    );
    return new Map([['clusters', of('cds')], ['listeners', of('lds')], ...routes]);
  }

  /** How many configurations it refused since it started. */
  async rejections(): Promise<number> {
    const text = await this.text('/stats?filter=\\.update_(rejected|failure)$');
    return [...text.matchAll(/: (\d+)$/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
  }

  private async dump(): Promise<RouteDump> {
    return JSON.parse(await this.text('/config_dump?resource=dynamic_route_configs')) as RouteDump;
  }
}
