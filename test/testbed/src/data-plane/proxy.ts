import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Daemon } from '../daemon.js';
import { freePort } from '../free-port.js';
import { makeTempFolder, removeTempFolder } from '../temp-folder.js';
import { GiveUp, until } from '../until.js';
import { ConfigFiles } from './config-files.js';
import { EnvoyAdmin, type ProxyRoute } from './envoy-admin.js';
import { bootstrap } from './envoy-bootstrap.js';
import { envoyListener } from './envoy-listeners.js';
import type { ProxyIdentity } from './istio-objects.js';
import type { ProxyConfig } from './proxy-config.js';
import { RequestSender } from './request-sender.js';

export interface ProxyOptions {
  readonly binary: string;
  readonly identity: ProxyIdentity;
  readonly config: ProxyConfig;
}

/** A real Envoy. */
export class Proxy {
  private readonly ports = new Map<string, number>();
  private readonly files: ConfigFiles;
  private readonly admin: EnvoyAdmin;
  private daemon: Daemon | undefined;
  private knownRejections = 0;
  /** The files of the last configuration. */
  private inForce: readonly string[] = [];
  private readonly senders = new Map<string, RequestSender>();

  private constructor(
    readonly identity: ProxyIdentity,
    private readonly folder: string,
    private readonly adminPort: number,
    private readonly webPort: number,
  ) {
    this.files = new ConfigFiles(folder);
    this.admin = new EnvoyAdmin(`http://127.0.0.1:${adminPort}`);
    this.ports.set('80', webPort);
  }

  static async start({ binary, identity, config }: ProxyOptions): Promise<Proxy> {
    const folder = await makeTempFolder(`envoy-${identity.kind}`);
    const proxy = new Proxy(identity, folder, await freePort(), await freePort());
    try {
      await proxy.write(config);
      await proxy.run(binary);
      await proxy.settled();
      return proxy;
    } catch (error) {
      await proxy.stop();
      throw error;
    }
  }

  /** Where requests go whose port in the mesh is 80; the Host header says to whom. */
  get url(): string {
    return `http://127.0.0.1:${this.webPort}`;
  }

  /** To port 80 of the mesh. */
  get requests(): RequestSender {
    return this.requestsTo('80');
  }

  /** To another HTTP listener; see `port`. */
  requestsTo(listener: string): RequestSender {
    const sender =
      this.senders.get(listener) ?? new RequestSender(`http://127.0.0.1:${this.port(listener)}`);
    this.senders.set(listener, sender);
    return sender;
  }

  get adminUrl(): string {
    return this.admin.url;
  }

  /**
   * The loopback port of a listener: a port of the mesh (`8080`), a sidecar's
   * TCP service (`db.shop.svc.cluster.local:5432`) or its TLS port (`tls:443`).
   */
  port(listener: string): number {
    const port = this.ports.get(listener);
    if (port !== undefined) return port;
    const known = [...this.ports.keys()].join(', ');
    throw new Error(`the ${this.identity.kind} has no listener ${listener}; it has ${known}`);
  }

  /** What it routes by now, from its own config dump. */
  routes(): Promise<readonly ProxyRoute[]> {
    return this.admin.routes();
  }

  /** How many configurations it refused so far; then it goes on with the one before. */
  rejections(): Promise<number> {
    return this.admin.rejections();
  }

  /** Anything that the admin port answers to GET. */
  ask(path: string): Promise<string> {
    return this.admin.text(path);
  }

  /** In istiod's order: clusters come before the routes that name them, and also go before. */
  async write({ clusters, routes, listeners }: ProxyConfig): Promise<void> {
    for (const { name } of listeners) {
      if (!this.ports.has(name)) this.ports.set(name, await freePort());
    }
    await this.files.write('clusters', clusters);
    for (const [name, config] of routes) await this.files.write(`routes-${name}`, [config]);
    const bound = listeners.map((listener) =>
      envoyListener(listener, {
        port: this.port(listener.name),
        routesFile: this.files.path(`routes-${listener.name}`),
      }),
    );
    await this.files.write('listeners', bound);
    this.inForce = ['clusters', 'listeners', ...[...routes.keys()].map((name) => `routes-${name}`)];
  }

  /** Resolves when Envoy has all that was written; fails when it refuses it. */
  async settled(): Promise<void> {
    const what = `the ${this.identity.kind} Envoy has its configuration (log: ${this.log})`;
    await until(() => this.hasAll(), { what, withinMs: 10_000 });
  }

  /** Like a machine that hangs, or one that is cut off: it keeps what it had. */
  freeze(): void {
    this.daemon?.freeze();
  }

  thaw(): void {
    this.daemon?.thaw();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.senders.values()].map((sender) => sender.close()));
    await this.daemon?.kill();
    await removeTempFolder(this.folder);
  }

  private get log(): string {
    return join(this.folder, 'envoy.log');
  }

  private async hasAll(): Promise<boolean> {
    const versions = await this.admin.versions();
    if (this.inForce.every((name) => this.files.version(name) === versions.get(name))) return true;
    const rejections = await this.admin.rejections();
    if (rejections === this.knownRejections) return false;
    this.knownRejections = rejections;
    const log = await readFile(this.log, 'utf8');
    throw new GiveUp(new Error(`Envoy refused its configuration:\n${log.slice(-3_000)}`));
  }

  private async run(binary: string): Promise<void> {
    const { kind, namespace } = this.identity;
    const config = bootstrap({
      id: `${kind}.${namespace}`,
      adminPort: this.adminPort,
      clusters: this.files.path('clusters'),
      listeners: this.files.path('listeners'),
    });
    const file = join(this.folder, 'bootstrap.json');
    await writeFile(file, JSON.stringify(config));
    const process = ['--concurrency', '1', '--use-dynamic-base-id', '--disable-hot-restart'];
    // A listener that changes ends its old connections after this; Istio waits 45 s.
    const drain = ['--drain-time-s', '5', '--drain-strategy', 'immediate'];
    const args = ['-c', file, '--log-level', 'warning', ...process, ...drain];
    this.daemon = await Daemon.start({ name: 'envoy', command: binary, args, folder: this.folder });
    await this.daemon.ready(() => this.admin.isLive());
  }
}
