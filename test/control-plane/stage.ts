import { randomBytes } from 'node:crypto';
import { deployPlayground, playgroundDeployment } from '@spillway/adapter-cluster';
import { loadConfig, startControlPlane, type ControlPlane } from '@spillway/control-plane';
import { clusterName, serviceName } from '@spillway/kernel';
import { createSpillwayClient, type SpillwayClient } from '@spillway/sdk';
import { documents } from './documents.js';
import { RecordedLog } from './recorded-log.js';

export const token = 'token-of-the-control-plane';
/** The same for every process over one database, as the secrets of clusters need it. */
export const encryptionKey = randomBytes(32).toString('hex');

export interface StageOptions {
  readonly databaseUrl: string;
  readonly role?: 'api' | 'worker' | 'writer' | 'all';
  /** Names of the services that are deployed in the simulated clusters, beside their routing. */
  readonly services?: readonly string[];
  /** Of another control plane, whose simulated clusters this one shares. */
  readonly world?: ControlPlane['engine']['world'];
  readonly requestsPerSecond?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A whole control plane of this process, its simulated clusters, and a client of it. */
export interface Stage {
  readonly controlPlane: ControlPlane;
  readonly url: string;
  readonly client: SpillwayClient;
  readonly log: RecordedLog;
  stop(): Promise<void>;
}

/** Resolves when it listens; await `controlPlane.started` for the database. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const config = loadConfig({
    DATABASE_URL: options.databaseUrl,
    SPILLWAY_ENCRYPTION_KEY: encryptionKey,
    SPILLWAY_TOKEN: token,
    SPILLWAY_PORT: '0',
    SPILLWAY_ROLE: options.role ?? 'all',
    SPILLWAY_OUTGOING_ALLOW: '127.0.0.0/8',
    ...options.env,
  });
  const log = new RecordedLog();
  const controlPlane = await startControlPlane(config, log, options.world);
  if (options.world === undefined) deploy(controlPlane, options);
  const url = `http://127.0.0.1:${controlPlane.port}`;
  return {
    controlPlane,
    url,
    client: createSpillwayClient({ baseUrl: url, token, backOffMs: 20 }),
    log,
    stop: () => controlPlane.stop(),
  };
}

/** v1 serves; v2 is as good; v3 fails one request in twenty. */
function deploy({ engine }: ControlPlane, options: StageOptions): void {
  const services = options.services ?? [documents.service.name];
  for (const { name, connection } of documents.clusters) {
    const mesh = engine.world.mesh(clusterName(name), connection.simulated.seed);
    for (const service of services) {
      const [namespace = '', host = ''] = service.split('/');
      deployPlayground(mesh, {
        ...playgroundDeployment,
        requestsPerSecond: options.requestsPerSecond ?? 500,
        service: {
          ...playgroundDeployment.service,
          service: serviceName(service),
          host: `${host}.${namespace}.svc.cluster.local`,
        },
      });
    }
  }
}

/** Tells a started control plane of the clusters, the service and the strategies. */
export async function furnish({ client }: Pick<Stage, 'client'>): Promise<void> {
  for (const cluster of documents.clusters) await client.clusters.put(cluster);
  await client.services.put(documents.service);
  for (const strategy of Object.values(documents.strategies)) await client.strategies.put(strategy);
}

/** `openStage`, opened and furnished. */
export async function readyStage(options: StageOptions): Promise<Stage> {
  const stage = await openStage(options);
  try {
    await stage.controlPlane.started;
    await furnish(stage);
    return stage;
  } catch (error) {
    await stage.stop();
    throw error;
  }
}
