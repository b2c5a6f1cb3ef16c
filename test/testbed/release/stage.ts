import {
  createSpillwayClient,
  waitForRelease,
  type Release,
  type ReleaseEvent,
  type SpillwayClient,
} from '@spillway/sdk';
import { startPostgres, type RunningPostgres } from '@spillway/testing/postgres';
import {
  startTestbed,
  until,
  type Call,
  type MeshTraffic,
  type Site,
  type Testbed,
} from '../src/index.js';
import { removeTempFolder } from '../src/temp-folder.js';
import { SpillwayProcess, settingsOver, type SharedSettings } from './spillway-process.js';
import { catalog, strategies } from './documents.js';

export const clusterNames = ['eu-west', 'us-east'] as const;
export type Name = (typeof clusterNames)[number];

const rps = 400;

/** Two real clusters with Prometheus, a real Postgres, an API process and a worker process. */
export class Stage {
  readonly traffic = {} as Record<Name, MeshTraffic>;
  readonly client: SpillwayClient;
  worker: SpillwayProcess;

  private constructor(
    readonly testbed: Testbed<Name>,
    readonly postgres: RunningPostgres,
    readonly api: SpillwayProcess,
    worker: SpillwayProcess,
    private readonly settings: SharedSettings,
  ) {
    this.worker = worker;
    this.client = createSpillwayClient({ baseUrl: api.url, token: settings.token });
  }

  static async start(): Promise<Stage> {
    const [testbed, postgres] = await Promise.all([
      startTestbed({ clusters: clusterNames }),
      startPostgres(),
    ]);
    const settings = await settingsOver(postgres.url);
    const api = await SpillwayProcess.start({ ...settings, role: 'api', migrate: true });
    const worker = await SpillwayProcess.start({ ...settings, role: 'worker', migrate: false });
    const stage = new Stage(testbed, postgres, api, worker, settings);
    await stage.prepare();
    return stage;
  }

  startWorker(): Promise<SpillwayProcess> {
    return SpillwayProcess.start({ ...this.settings, role: 'worker', migrate: false });
  }

  site(name: Name): Site {
    return this.testbed.sites[name];
  }

  /** Starts a release and gives it at its end. */
  async release(candidate: string, strategy: keyof typeof strategies): Promise<Release> {
    const { id } = await this.client.releases.start({ service: catalog.name, candidate, strategy });
    return waitForRelease(this.client, id, { timeoutMs: 100_000 });
  }

  /** Follows the release until it is in the phase. */
  async phase(id: string, phase: Release['phase']): Promise<Release> {
    for await (const release of this.client.releases.watch(id)) {
      if (release.phase === phase) return release;
      if (release.final) throw new Error(`it ended ${release.phase}: ${release.because}`);
    }
    throw new Error(`the watch of ${id} ended before ${phase}`);
  }

  async events(id: string): Promise<readonly ReleaseEvent[]> {
    const all: ReleaseEvent[] = [];
    for await (const event of this.client.releases.allEvents(id)) all.push(event);
    return all;
  }

  /** Until every proxy sends everything to the version: a moment after the API servers hold that. */
  async routedTo(version: string): Promise<void> {
    for (const name of clusterNames) {
      const isThere = (): boolean => {
        const [share, ...others] = this.traffic[name].split();
        return (
          others.length === 0 &&
          share !== undefined &&
          'version' in share &&
          share.version === version
        );
      };
      await until(isThere, { what: `${name} sends everything to ${version}`, withinMs: 3_000 });
    }
  }

  /** What Spillway asked of a cluster's API server, by that server's own record. */
  calls(name: Name, since: number, until?: number): Promise<readonly Call[]> {
    return this.site(name).cluster.calls('spillway', since, until);
  }

  /** Requests that no version answered: each one is a request that Spillway broke. */
  broken(): number {
    return clusterNames.reduce(
      (sum, name) => sum + this.traffic[name].requests('unknown').total,
      0,
    );
  }

  async stop(): Promise<void> {
    await Promise.all([this.worker.stop(), this.api.stop()]);
    await Promise.all([this.testbed.stop(), this.postgres.stop()]);
    await removeTempFolder(this.settings.folder);
  }

  private async prepare(): Promise<void> {
    for (const name of clusterNames) {
      const { cluster, mesh, prometheus } = this.site(name);
      const [namespace = '', service = ''] = catalog.name.split('/');
      await cluster.admin.createNamespace(namespace);
      await cluster.admin.createService({ namespace, name: service });
      for (const version of ['v1', 'v2', 'v3']) {
        await cluster.admin.setPods({ namespace, name: service }, version, 2);
      }
      this.traffic[name] = await mesh.drive({ namespace, name: service }, rps);
      this.traffic[name].setVersion('v3', { errorRate: 0.05 });
      await this.client.clusters.put({
        name,
        labels: {},
        connection: { kubeconfig: cluster.kubeconfig },
        metrics: { prometheus: { url: prometheus.url, timeout: '2s', scrapeInterval: '1s' } },
      });
    }
    await this.client.services.put(catalog);
    for (const strategy of Object.values(strategies)) await this.client.strategies.put(strategy);
  }
}
