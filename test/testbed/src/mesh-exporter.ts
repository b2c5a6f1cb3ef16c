import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClusterAdmin } from './admin.js';
import { follow } from './followed.js';
import type { KubeObject } from './kube-http.js';
import { MeshCounters, type Behaviour } from './mesh-counters.js';
import { exposition } from './mesh-exposition.js';
import { splitOf, type MeshConfig, type Share } from './mesh-split.js';
import { until } from './until.js';
import type { MeshServiceName } from './workload.js';

export interface MeshExporterOptions {
  readonly admin: ClusterAdmin;
  /** From the API server's answer to the proxies; 110 ms is what istiod and Envoy were measured to take. */
  readonly distributionMs?: number;
}

/** Live traffic of one service. */
export interface MeshTraffic {
  setRps(rps: number): void;
  /** From now on the version answers like this; what is not named stays. At first: no errors, 20 ms. */
  setVersion(version: string, behaviour: Partial<Behaviour>): void;
  /** What the proxies do now. */
  split(): readonly Share[];
  /** So far. The version `unknown` has what proxies answered by themselves (404 NR, 503 NC, 503 UH). */
  requests(version: string): { readonly total: number; readonly errors: number };
}

const collections: Readonly<Record<keyof MeshConfig, string>> = {
  virtualServices: '/apis/networking.istio.io/v1/virtualservices',
  destinationRules: '/apis/networking.istio.io/v1/destinationrules',
  pods: '/api/v1/pods',
};

/**
 * A mesh without proxies: it obeys what the API server holds, a moment later,
 * and serves the counters that the proxies would have.
 */
export class MeshExporter {
  private readonly services: MeshCounters[] = [];
  private readonly closing = new AbortController();
  private readonly server: Server;
  private readonly config: Record<keyof MeshConfig, Map<string, KubeObject>> = {
    virtualServices: new Map(),
    destinationRules: new Map(),
    pods: new Map(),
  };

  private constructor(private readonly options: Required<MeshExporterOptions>) {
    this.server = createServer((request, response) => {
      this.advance();
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(exposition(this.services));
    });
  }

  static async start(options: MeshExporterOptions): Promise<MeshExporter> {
    const exporter = new MeshExporter({ distributionMs: 110, ...options });
    await exporter.followAll();
    exporter.server.listen(0, '127.0.0.1');
    await once(exporter.server, 'listening');
    return exporter;
  }

  /** For `startPrometheus`. */
  get target(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.target}/metrics`;
  }

  /** The service gets `rps` requests a second from the moment that every one of them finds a ready Pod. */
  async drive(service: MeshServiceName, rps: number): Promise<MeshTraffic> {
    await until(() => splitOf(service, this.snapshot())?.every((share) => 'version' in share), {
      what: `each part of ${service.namespace}/${service.name}’s traffic has a ready Pod`,
      withinMs: 10_000,
    });
    const counters = new MeshCounters(service, rps, performance.now());
    this.services.push(counters);
    this.obey();
    return {
      setRps: (next) => this.change(() => counters.setRps(next)),
      setVersion: (version, behaviour) =>
        this.change(() => counters.setBehaviour(version, behaviour)),
      split: () => counters.getSplit(),
      requests: (version) => {
        this.advance();
        return counters.requests(version);
      },
    };
  }

  async stop(): Promise<void> {
    this.closing.abort();
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async followAll(): Promise<void> {
    const { http } = this.options.admin;
    const { signal } = this.closing;
    const kinds = Object.keys(collections) as (keyof MeshConfig)[];
    await Promise.all(
      kinds.map((kind) =>
        follow({ http, signal, path: collections[kind], onChange: this.distribute(kind) }),
      ),
    );
  }

  /** Each change reaches the proxies after its own delay, so their order stays. */
  private distribute(kind: keyof MeshConfig) {
    return (key: string, object: KubeObject | undefined): void => {
      const reach = setTimeout(() => {
        this.change(() => {
          if (object === undefined) this.config[kind].delete(key);
          else this.config[kind].set(key, object);
        });
        this.obey();
      }, this.options.distributionMs);
      reach.unref();
    };
  }

  private obey(): void {
    this.advance();
    const config = this.snapshot();
    for (const counters of this.services) {
      const split = splitOf(counters.service, config);
      if (split !== undefined) counters.setSplit(split);
    }
  }

  private snapshot(): MeshConfig {
    return {
      virtualServices: [...this.config.virtualServices.values()],
      destinationRules: [...this.config.destinationRules.values()],
      pods: [...this.config.pods.values()],
    };
  }

  private change(how: () => void): void {
    this.advance();
    how();
  }

  private advance(): void {
    const now = performance.now();
    for (const counters of this.services) counters.advance(now);
  }
}

export const startMeshExporter = (options: MeshExporterOptions): Promise<MeshExporter> =>
  MeshExporter.start(options);
