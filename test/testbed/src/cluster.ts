import { randomUUID } from 'node:crypto';
import { ClusterAdmin } from './admin.js';
import { ApiServer } from './api-server.js';
import { AuditLog, type Call } from './audit-log.js';
import { ensureBinaries } from './binaries.js';
import { installIstioCrds, installSpillwayRole } from './cluster-setup.js';
import { startEtcd, type Etcd } from './etcd.js';
import { kubeconfigFor } from './kubeconfig.js';
import { KubeHttp } from './kube-http.js';
import { say, took } from './say.js';
import { makeTempFolder, removeTempFolder } from './temp-folder.js';
import { until } from './until.js';

/** A real etcd and a real kube-apiserver with Istio's CRDs. No nodes, no controllers. */
export class TestCluster {
  /** Everything that Spillway itself does not do. */
  readonly admin: ClusterAdmin;
  private readonly audit: AuditLog;

  private constructor(
    readonly name: string,
    private readonly folder: string,
    private readonly etcd: Etcd,
    private readonly server: ApiServer,
  ) {
    const { url, admin, certificateAuthority } = server;
    this.admin = new ClusterAdmin(new KubeHttp(url, admin.token, certificateAuthority));
    this.audit = new AuditLog(server.auditPath);
  }

  /** Resolves when the CRDs are served and the user `spillway` has the role that we ship. */
  static async start(name: string): Promise<TestCluster> {
    const binaries = await ensureBinaries();
    const start = performance.now();
    const folder = await makeTempFolder(name);
    const undo: (() => Promise<void>)[] = [() => removeTempFolder(folder)];
    try {
      const etcd = await startEtcd(binaries.etcd, folder);
      undo.unshift(() => etcd.daemon.kill());
      const options = { binary: binaries.kubeApiserver, etcdUrl: etcd.url, folder };
      const server = await ApiServer.start(options);
      undo.unshift(() => server.kill());
      const ready = took(start);
      const cluster = new TestCluster(name, folder, etcd, server);
      await installIstioCrds(cluster.admin, binaries.istioCrds);
      await installSpillwayRole(cluster.admin, server.spillway.name);
      say(`cluster ${name} at ${server.url} is ready after ${took(start)} (API server ${ready})`);
      return cluster;
    } catch (error) {
      for (const step of undo) await step();
      throw error;
    }
  }

  /** The API server's address. */
  get url(): string {
    return this.server.url;
  }

  /** Of its database, which goes on when the API server is killed: what that forgets, it has. */
  get etcdUrl(): string {
    return this.etcd.url;
  }

  /** Certificate and key of the API server, for a tap in front of it. */
  identity(): Promise<{ readonly cert: string; readonly key: string }> {
    return this.server.identity();
  }

  /** For the user `spillway`: in no group, with the role of `deploy/rbac.yaml`. */
  get kubeconfig(): string {
    return kubeconfigFor(this.name, this.server, this.server.spillway);
  }

  get adminKubeconfig(): string {
    return kubeconfigFor(this.name, this.server, this.server.admin);
  }

  /**
   * The calls of a user that the API server got in [`since`, `until`], in
   * milliseconds since 1970. One entry a call, a watch included.
   */
  async calls(user: string, since: number, until = Number.POSITIVE_INFINITY): Promise<Call[]> {
    if (this.server.isRunning()) await this.flushAudit();
    const all = await this.audit.read();
    return all.filter((call) => call.user === user && call.at >= since && call.at <= until);
  }

  /** Ends the API server as a crash does. etcd goes on. */
  kill(): Promise<void> {
    return this.server.kill();
  }

  /** Starts it again after `kill`, on the same port, with the same data. Resolves when it is ready. */
  restart(): Promise<void> {
    return this.server.run();
  }

  /** The API server accepts connections and answers nothing until `thaw`. */
  freeze(): void {
    this.server.freeze();
  }

  thaw(): void {
    this.server.thaw();
  }

  /** Ends both processes and removes their data. */
  async stop(): Promise<void> {
    await this.admin.http.close();
    await this.server.stop();
    await this.etcd.daemon.stop();
    await removeTempFolder(this.folder);
  }

  /** An entry is written just after its answer; when ours is there, those of calls answered before are too. */
  private async flushAudit(): Promise<void> {
    const marker = `audit-marker-${randomUUID()}`;
    await this.admin.http.find(`/api/v1/namespaces/default/configmaps/${marker}`);
    await until(async () => (await this.audit.read()).some(({ name }) => name === marker), {
      what: `the audit log of ${this.name} has the call that was just made`,
      withinMs: 5_000,
    });
  }
}

export const startCluster = (name: string): Promise<TestCluster> => TestCluster.start(name);
