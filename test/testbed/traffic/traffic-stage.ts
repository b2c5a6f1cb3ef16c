import { createSpillwayClient, type SpillwayClient } from '@spillway/sdk';
import { startPostgres, type RunningPostgres } from '@spillway/testing/postgres';
import {
  startCluster,
  startPrometheus,
  type Call,
  type TestCluster,
  type TestPrometheus,
} from '../src/index.js';
import { startDataPlane, type DataPlane, type Proxy } from '../src/data-plane/index.js';
import { removeTempFolder } from '../src/temp-folder.js';
import { SpillwayProcess, settingsOver, type SharedSettings } from '../release/spillway-process.js';
import { gateway } from './objects.js';

interface Parts {
  readonly cluster: TestCluster;
  readonly plane: DataPlane;
  readonly prometheus: TestPrometheus;
  readonly postgres: RunningPostgres;
  readonly api: SpillwayProcess;
  readonly settings: SharedSettings;
  /** Of a client in the namespace of the services. */
  readonly sidecar: Proxy;
}

/** One real cluster whose requests real Envoys route, and a control plane of two processes. */
export class TrafficStage {
  readonly client: SpillwayClient;

  private constructor(
    private readonly parts: Parts,
    private worker: SpillwayProcess,
  ) {
    const { api, settings } = parts;
    this.client = createSpillwayClient({ baseUrl: api.url, token: settings.token });
  }

  static async start(): Promise<TrafficStage> {
    const [cluster, postgres] = await Promise.all([startCluster('eu-west'), startPostgres()]);
    const settings = await settingsOver(postgres.url);
    const { admin } = cluster;
    for (const name of ['shop', 'qa', 'istio-system']) await admin.createNamespace(name);
    const [api, plane] = await Promise.all([
      SpillwayProcess.start({ ...settings, role: 'api', migrate: true }),
      startDataPlane({ cluster }),
    ]);
    const [worker, prometheus, sidecar] = await Promise.all([
      SpillwayProcess.start({ ...settings, role: 'worker', migrate: false }),
      startPrometheus({ targets: [plane.target] }),
      plane.sidecar({ namespace: 'shop', labels: { app: 'web' } }),
    ]);
    const parts = { cluster, plane, prometheus, postgres, api, settings, sidecar };
    const stage = new TrafficStage(parts, worker);
    await stage.write(gateway);
    await stage.client.clusters.put({
      name: cluster.name,
      connection: { kubeconfig: cluster.kubeconfig },
      metrics: { prometheus: { url: prometheus.url, scrapeInterval: '1s' } },
    });
    return stage;
  }

  get admin(): TestCluster['admin'] {
    return this.parts.cluster.admin;
  }

  get cluster(): TestCluster {
    return this.parts.cluster;
  }

  get plane(): DataPlane {
    return this.parts.plane;
  }

  get sidecar(): Proxy {
    return this.parts.sidecar;
  }

  /** For whoever opens a second engine beside the two processes. */
  get settings(): SharedSettings {
    return this.parts.settings;
  }

  /** As people do who keep their objects in files. */
  async write(...objects: Parameters<TestCluster['admin']['apply']>[1][]): Promise<void> {
    for (const object of objects) {
      const { kind = '', metadata } = object;
      const path = `/apis/networking.istio.io/v1/namespaces/${metadata.namespace}`;
      await this.admin.apply(`${path}/${kind.toLowerCase()}s`, object);
    }
  }

  /** What Spillway asked of the API server, by that server's own record. */
  calls(since: number, until?: number): Promise<readonly Call[]> {
    return this.parts.cluster.calls('spillway', since, until);
  }

  /** SIGKILL. The next worker is started before, so that only the work in hand is lost. */
  async replaceWorker(): Promise<void> {
    const next = SpillwayProcess.start({ ...this.settings, role: 'worker', migrate: false });
    await this.worker.kill();
    this.worker = await next;
  }

  async stop(): Promise<void> {
    const { api, prometheus, plane, cluster, postgres, settings } = this.parts;
    await Promise.all([this.worker.stop(), api.stop(), prometheus.stop(), plane.stop()]);
    await Promise.all([cluster.stop(), postgres.stop()]);
    await removeTempFolder(settings.folder);
  }
}
