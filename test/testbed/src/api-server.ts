import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditPolicy } from './audit-log.js';
import { Daemon } from './daemon.js';
import { freePort } from './free-port.js';
import { KubeHttp } from './kube-http.js';

export interface User {
  readonly name: string;
  readonly token: string;
}

export interface ApiServerOptions {
  readonly binary: string;
  readonly etcdUrl: string;
  readonly folder: string;
}

/** One kube-apiserver: RBAC, users by token, an audit log. Keeps its port, certificate and users over a restart. */
export class ApiServer {
  /** Member of `system:masters`. */
  readonly admin: User = { name: 'testbed-admin', token: randomUUID() };
  /** Member of no group: may do what RBAC grants it, nothing else. */
  readonly spillway: User = { name: 'spillway', token: randomUUID() };
  readonly auditPath: string;
  private daemon: Daemon | undefined;
  private certificate = '';

  private constructor(
    private readonly options: ApiServerOptions,
    private readonly port: number,
  ) {
    this.auditPath = join(options.folder, 'audit.log');
  }

  static async start(options: ApiServerOptions): Promise<ApiServer> {
    const server = new ApiServer(options, await freePort());
    await server.writeFiles();
    await server.run();
    return server;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  /** PEM of what signed the serving certificate. */
  get certificateAuthority(): string {
    return this.certificate;
  }

  /** With which a server in front of this one is believed to be it. */
  async identity(): Promise<{ readonly cert: string; readonly key: string }> {
    return {
      cert: this.certificate,
      key: await readFile(this.file('certs/apiserver.key'), 'utf8'),
    };
  }

  isRunning(): boolean {
    return this.daemon !== undefined;
  }

  /** On the same port. Resolves when it is ready. */
  async run(): Promise<void> {
    if (this.daemon !== undefined) throw new Error(`the API server at ${this.url} runs already`);
    this.daemon = await Daemon.start({
      name: 'kube-apiserver',
      command: this.options.binary,
      args: this.args(),
      folder: this.options.folder,
    });
    await this.daemon.ready(() => this.hasCertificate());
    this.certificate = await readFile(this.file('certs/apiserver.crt'), 'utf8');
    const http = new KubeHttp(this.url, this.admin.token, this.certificate);
    await this.daemon.ready(async () => (await http.text('/readyz')) === 'ok');
    await http.close();
  }

  async stop(): Promise<void> {
    const { daemon } = this;
    this.daemon = undefined;
    await daemon?.stop();
  }

  async kill(): Promise<void> {
    const { daemon } = this;
    this.daemon = undefined;
    await daemon?.kill();
  }

  freeze(): void {
    this.daemon?.freeze();
  }

  thaw(): void {
    this.daemon?.thaw();
  }

  private file(name: string): string {
    return join(this.options.folder, name);
  }

  /** The server writes the certificate first and its key second. */
  private async hasCertificate(): Promise<boolean> {
    return (await stat(this.file('certs/apiserver.key'))).size > 0;
  }

  private async writeFiles(): Promise<void> {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    const users = [
      `${this.admin.token},${this.admin.name},1,system:masters`,
      `${this.spillway.token},${this.spillway.name},2`,
    ];
    await mkdir(this.file('certs'));
    await Promise.all([
      writeFile(this.file('sa.key'), privateKey),
      writeFile(this.file('tokens.csv'), users.join('\n')),
      writeFile(this.file('audit-policy.yaml'), JSON.stringify(auditPolicy)),
    ]);
  }

  private args(): readonly string[] {
    return [
      `--etcd-servers=${this.options.etcdUrl}`,
      `--secure-port=${this.port}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      // No node ever asks for the endpoints of the server itself.
      '--endpoint-reconciler-type=none',
      `--cert-dir=${this.file('certs')}`,
      `--service-account-issuer=${this.url}`,
      `--service-account-key-file=${this.file('sa.key')}`,
      `--service-account-signing-key-file=${this.file('sa.key')}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      // Nobody makes the default ServiceAccount that Pods would need.
      '--disable-admission-plugins=ServiceAccount',
      '--authorization-mode=RBAC',
      `--token-auth-file=${this.file('tokens.csv')}`,
      `--audit-policy-file=${this.file('audit-policy.yaml')}`,
      `--audit-log-path=${this.auditPath}`,
      // The default rotates after 100 MB: minutes under load, and then counts miss half of a window.
      '--audit-log-maxsize=4000',
    ];
  }
}
