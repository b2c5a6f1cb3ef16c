import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Spillway, type ServiceDocument } from '@spillway/sdk';
import pg from 'pg';
import { startCluster, until, type TestCluster } from '../src/index.js';
import { makeTempFolder, removeTempFolder } from '../src/temp-folder.js';
import { EtcdHistory } from './etcd-history.js';
import { apiServerTarget, postgresTarget } from './machinery.js';
import {
  namespace,
  peoplesVirtualService,
  versions,
  virtualServices,
  type ChaosService,
  type Version,
} from './objects.js';
import { RestartablePostgres } from './restartable-postgres.js';
import { strategies } from './strategies.js';
import { SupervisedProcess } from './supervised-process.js';
import type { Target } from './target.js';

export const clusterNames = ['eu-west', 'us-east'] as const;
export const workers = 3;
const writers = 1;
const apis = 2;
const queueRows = `
  select row_to_json(jobs)::text as line from (
    select key, run_at, locked_at, locked_by, attempts, is_available, payload, now()
    from graphile_worker._private_jobs order by run_at) as jobs
  union all
  select row_to_json(locks)::text from (
    select activity.application_name, activity.state, activity.state_change, locks.classid, locks.objid::int
    from pg_locks as locks join pg_stat_activity as activity on activity.pid = locks.pid
    where locks.locktype = 'advisory') as locks`;

/** In the log line of an answer 500. */
const unforeseen = 'in an unforeseen way';

/** Two real API servers, a real Postgres, three workers, a writer and two API processes, all of which may be struck. */
export class ChaosStage {
  readonly client: Spillway;
  readonly histories: readonly EtcdHistory[];
  readonly targets: readonly Target[];

  private constructor(
    readonly clusters: readonly TestCluster[],
    readonly postgres: RestartablePostgres,
    private readonly processes: readonly SupervisedProcess[],
    token: string,
    private readonly folder: string,
  ) {
    this.histories = clusters.map(({ name, etcdUrl }) => EtcdHistory.follow(name, etcdUrl));
    this.targets = [
      ...processes,
      postgresTarget(postgres),
      ...clusters.map((cluster) => apiServerTarget(cluster)),
    ];
    const urls = processes.filter(({ kind }) => kind === 'api').map(({ url }) => url);
    this.client = new Spillway({
      baseUrl: 'http://spillway',
      token,
      fetch: inTurn(urls),
      timeoutMs: 4_000,
      retries: 100,
      backOffMs: 20,
      deadlineMs: 120_000,
    });
  }

  static async start(services: readonly ChaosService[]): Promise<ChaosStage> {
    const [clusters, postgres, folder] = await Promise.all([
      Promise.all(clusterNames.map(startCluster)),
      RestartablePostgres.start(),
      makeTempFolder('chaos'),
    ]);
    const token = randomBytes(24).toString('hex');
    const env = {
      DATABASE_URL: postgres.url,
      SPILLWAY_TOKEN: token,
      SPILLWAY_ENCRYPTION_KEY: randomBytes(32).toString('hex'),
      SPILLWAY_MIGRATE: 'true',
      SPILLWAY_RATE_LIMIT: '0',
    };
    const started: SupervisedProcess[] = [];
    const counts = { api: apis, worker: workers, writer: writers } as const;
    const kinds = (['api', 'worker', 'writer'] as const).flatMap((kind) =>
      Array.from({ length: counts[kind] }, () => kind),
    );
    for (const kind of kinds) {
      const name = `${kind}-${started.length + 1}`;
      started.push(await SupervisedProcess.start({ kind, name, env, folder }));
    }
    const stage = new ChaosStage(clusters, postgres, started, token, folder);
    await stage.prepare(services);
    return stage;
  }

  /** Pods of a version that are ready, or none; the API server may be away meanwhile. */
  async setReady(service: string, version: Version, cluster: TestCluster, ready: number) {
    const set = () => cluster.admin.setPods({ namespace, name: service }, version, ready);
    await until(() => set().then(() => true), {
      what: `${version} of ${service} has ${ready} pods`,
      withinMs: 120_000,
    });
  }

  async rows<Row extends pg.QueryResultRow>(sql: string): Promise<readonly Row[]> {
    const client = new pg.Client({ connectionString: this.postgres.url });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** What our processes did not foresee, as they logged it. */
  async faults(): Promise<readonly string[]> {
    const logs = this.processes.map(({ name }) => join(this.folder, `${name}.log`));
    const texts = await Promise.all(logs.map((log) => readFile(log, 'utf8')));
    return texts.flatMap((text) => text.split('\n')).filter((line) => line.includes(unforeseen));
  }

  /** Jobs that there are, and who holds what: why nobody goes on with a release. */
  async queued(): Promise<readonly string[]> {
    const rows = await this.rows<{ line: string }>(queueRows);
    return rows.map(({ line }) => line);
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((one) => one.stop()));
    await Promise.all(this.histories.map((history) => history.stop()));
    await Promise.all([...this.clusters.map((cluster) => cluster.stop()), this.postgres.stop()]);
    await removeTempFolder(this.folder);
  }

  private async prepare(services: readonly ChaosService[]): Promise<void> {
    for (const cluster of this.clusters) {
      await cluster.admin.createNamespace(namespace);
      await this.client.clusters.put({
        name: cluster.name,
        labels: {},
        connection: { kubeconfig: cluster.kubeconfig },
        metrics: { none: true },
      });
    }
    for (const strategy of Object.values(strategies)) await this.client.strategies.put(strategy);
    await Promise.all(services.map((service) => this.provide(service)));
  }

  private async provide({ name, ownership }: ChaosService): Promise<void> {
    const full = `${namespace}/${name}`;
    await Promise.all(
      this.clusters.map(async ({ admin }) => {
        await admin.createService({ namespace, name });
        if (ownership === 'adopted') {
          await admin.apply(virtualServices, peoplesVirtualService(name));
        }
        for (const version of versions) await admin.setPods({ namespace, name }, version, 1);
      }),
    );
    const document: ServiceDocument = {
      name: full,
      port: 80,
      stable: 'v1',
      clusters: [...clusterNames],
      ...(ownership === 'adopted'
        ? { routing: { adopt: { virtualService: full, routes: ['all'] } } }
        : {}),
    };
    await this.client.services.put(document);
  }
}

/** As a load balancer that does not look who lives: the SDK tries again, and meets another one. */
function inTurn(urls: readonly string[]): (request: Request) => Promise<Response> {
  let turn = 0;
  return async (request) => {
    const url = urls[(turn += 1) % urls.length] ?? '';
    const { pathname, search } = new URL(request.url);
    const { method, headers, signal } = request;
    const body = method === 'GET' ? null : await request.text();
    return fetch(`${url}${pathname}${search}`, { method, headers, signal, body });
  };
}
