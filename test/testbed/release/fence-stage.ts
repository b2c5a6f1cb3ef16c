import { createSpillwayClient, type Release, type SpillwayClient } from '@spillway/sdk';
import { startPostgres, type RunningPostgres } from '@spillway/testing/postgres';
import { startCluster, until, type KubeObject, type TestCluster } from '../src/index.js';
import { Tap } from '../src/tap.js';
import { removeTempFolder } from '../src/temp-folder.js';
import { SpillwayProcess, settingsOver, type SharedSettings } from './spillway-process.js';

const namespace = 'shop';
const virtualServices = `/apis/networking.istio.io/v1/namespaces/${namespace}/virtualservices`;
const generationAnnotation = 'spillway.dev/generation';

export interface Routed {
  readonly generation: number | undefined;
  readonly candidate: number;
}

/** One real cluster behind a tap, a real Postgres, an API process, and workers that a test starts. */
export class FenceStage {
  readonly client: SpillwayClient;
  private readonly workers: SpillwayProcess[] = [];

  private constructor(
    readonly cluster: TestCluster,
    readonly tap: Tap,
    private readonly postgres: RunningPostgres,
    private readonly api: SpillwayProcess,
    private readonly settings: SharedSettings,
  ) {
    this.client = createSpillwayClient({ baseUrl: api.url, token: settings.token });
  }

  static async start(): Promise<FenceStage> {
    const [cluster, postgres] = await Promise.all([startCluster('eu-west'), startPostgres()]);
    const tap = await Tap.before(cluster);
    const settings = await settingsOver(postgres.url);
    const api = await SpillwayProcess.start({ ...settings, role: 'api', migrate: true });
    const stage = new FenceStage(cluster, tap, postgres, api, settings);
    await stage.prepare();
    return stage;
  }

  async worker(): Promise<SpillwayProcess> {
    const worker = await SpillwayProcess.start({
      ...this.settings,
      role: 'worker',
      migrate: false,
    });
    this.workers.push(worker);
    return worker;
  }

  /** A service with pods of v1 and v2; adopted, people have the VirtualService `name`. */
  async service(name: string, ownership: 'managed' | 'adopted'): Promise<string> {
    const { admin } = this.cluster;
    await admin.createService({ namespace, name });
    for (const version of ['v1', 'v2']) await admin.setPods({ namespace, name }, version, 1);
    const isAdopted = ownership === 'adopted';
    if (isAdopted) await admin.apply(virtualServices, theirs(name));
    const service = `${namespace}/${name}`;
    await this.client.services.put({
      name: service,
      port: 80,
      stable: 'v1',
      clusters: ['eu-west'],
      ...(isAdopted ? { routing: { adopt: { virtualService: service } } } : {}),
    });
    return service;
  }

  /** A release of v2 that gets 30 % and waits there. */
  start(service: string): Promise<Release> {
    return this.client.releases.start({ service, candidate: 'v2', strategy: 'waiting' });
  }

  phase(id: string, phase: Release['phase'], withinMs = 30_000): Promise<Release> {
    return until(
      async () => {
        const release = await this.client.releases.get(id);
        return release.phase === phase && release;
      },
      { what: `release ${id} is ${phase}`, withinMs },
    );
  }

  /** What the API server holds. */
  async routed(name: string): Promise<Routed> {
    return routedBy(await this.cluster.admin.readVirtualService(namespace, name));
  }

  /** How the API server answered each write of the object, in the order in which they came. */
  async answers(name: string): Promise<readonly (number | undefined)[]> {
    const calls = await this.cluster.calls('spillway', 0);
    return calls
      .filter((call) => call.verb === 'patch' && call.name === name)
      .map(({ code }) => code);
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.kill()));
    await this.api.stop();
    await this.tap.close();
    await Promise.all([this.cluster.stop(), this.postgres.stop()]);
    await removeTempFolder(this.settings.folder);
  }

  private async prepare(): Promise<void> {
    await this.cluster.admin.createNamespace(namespace);
    await this.client.clusters.put({
      name: 'eu-west',
      labels: {},
      connection: { kubeconfig: this.tap.kubeconfig },
      metrics: { none: true },
    });
    await this.client.strategies.put({
      name: 'waiting',
      steps: [{ setWeight: 30 }, { pause: {} }],
    });
  }
}

const theirs = (name: string): KubeObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name, namespace },
  spec: {
    hosts: [name],
    http: [{ timeout: '3s', route: [{ destination: { host: name, subset: 'v1' } }] }],
  },
});

export function routedBy(object: KubeObject | undefined): Routed {
  const generation = object?.metadata.annotations?.[generationAnnotation];
  const { http = [] } = (object?.['spec'] ?? {}) as {
    http?: { route: { destination: { subset?: string }; weight?: number }[] }[];
  };
  const candidate = http.at(-1)?.route.find(({ destination }) => destination.subset === 'v2');
  return {
    generation: generation === undefined ? undefined : Number(generation),
    candidate: candidate?.weight ?? 0,
  };
}
