import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createSpillwayClient, type SpillwayClient, type StrategyDocument } from '@spillway/sdk';
import { startPostgres, type RunningPostgres } from '@spillway/testing/postgres';
import { previousControlPlane } from '../../upgrade/previous-build.js';
import { SpillwayProcess } from '../release/spillway-process.js';
import { startCluster, type TestCluster } from '../src/index.js';
import { makeTempFolder, removeTempFolder } from '../src/temp-folder.js';

export type Version = 'previous' | 'present';

/** A process with the role `api`, and a client of it. */
export interface Api {
  readonly client: SpillwayClient;
  readonly process: SpillwayProcess;
}

const namespace = 'shop';
const clusterName = 'eu-west';

export const strategies = {
  quick: {
    name: 'quick',
    steps: [{ setWeight: 10 }, { bake: '300ms' }, { setWeight: 50 }, { bake: '300ms' }],
  },
  waiting: {
    name: 'waiting',
    steps: [{ setWeight: 30 }, { pause: {} }, { setWeight: 60 }, { bake: '300ms' }],
  },
} as const satisfies Record<string, StrategyDocument>;

/** One real cluster and one real Postgres, on which processes of two versions work. */
export class MixedStage {
  private readonly running = new Set<SpillwayProcess>();

  private constructor(
    readonly cluster: TestCluster,
    readonly postgres: RunningPostgres,
    private readonly folder: string,
  ) {}

  private readonly token = randomBytes(24).toString('hex');
  private readonly encryptionKey = randomBytes(32).toString('hex');

  static async start(): Promise<MixedStage> {
    const [cluster, postgres] = await Promise.all([startCluster(clusterName), startPostgres()]);
    return new MixedStage(cluster, postgres, await makeTempFolder('upgrade'));
  }

  /** Every process migrates: one that finds nothing to do is as good as one that was told not to. */
  private async process(version: Version, role: 'api' | 'worker'): Promise<SpillwayProcess> {
    const { token, encryptionKey, folder } = this;
    const entry = version === 'previous' ? { entry: previousControlPlane() } : {};
    const databaseUrl = this.postgres.url;
    const settings = { role, databaseUrl, token, encryptionKey, folder, migrate: true, ...entry };
    const started = await SpillwayProcess.start(settings);
    this.running.add(started);
    return started;
  }

  worker(version: Version): Promise<SpillwayProcess> {
    return this.process(version, 'worker');
  }

  async api(version: Version): Promise<Api> {
    const process = await this.process(version, 'api');
    return { process, client: createSpillwayClient({ baseUrl: process.url, token: this.token }) };
  }

  /** As a deployment replaces it. */
  async stopProcess(process: SpillwayProcess): Promise<void> {
    this.running.delete(process);
    await process.stop();
  }

  async killProcess(process: SpillwayProcess): Promise<void> {
    this.running.delete(process);
    await process.kill();
  }

  /** Tells the API of the cluster, the strategies and the services, each with pods of both versions. */
  async furnish({ client }: Api, services: readonly string[]): Promise<void> {
    const { admin, kubeconfig } = this.cluster;
    await admin.createNamespace(namespace);
    const connection = { kubeconfig };
    await client.clusters.put({ name: clusterName, connection, metrics: { none: true } });
    for (const strategy of Object.values(strategies)) await client.strategies.put(strategy);
    for (const name of services) {
      await admin.createService({ namespace, name });
      for (const version of ['v1', 'v2']) await admin.setPods({ namespace, name }, version, 1);
      const clusters = [clusterName];
      const document = { name: `${namespace}/${name}`, port: 80, stable: 'v1', clusters };
      await client.services.put(document);
    }
  }

  /** What a person must act upon, out of the logs of all processes. */
  async errors(): Promise<readonly string[]> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.log'));
    const logs = await Promise.all(names.map((name) => readFile(join(this.folder, name), 'utf8')));
    return logs.flatMap((log) => log.split('\n')).filter((line) => line.includes('"level":50'));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running].map((process) => process.stop()));
    await Promise.all([this.cluster.stop(), this.postgres.stop()]);
    await removeTempFolder(this.folder);
  }
}
