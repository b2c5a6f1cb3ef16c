import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { callerOf } from '../../process/start-spillway.js';
import { startProcess, type ControlPlaneProcess, type ProcessOptions } from './control-plane.js';
import { Database } from './database.js';
import { drainOf, type Drain } from './drain.js';
import type { Extent } from './figure.js';
import { JobLog } from './job-log.js';
import { migrate } from '@spillway/testing/postgres';
import { clusterOf, serviceOf } from './world/names.js';
import { World } from './world.js';

export type Call = ReturnType<typeof callerOf>;

/** How many are asked for at the same time. */
const atOnce = 8;

/** How often releases are looked at, and clusters scraped. */
export interface Pace {
  readonly interval: string;
  readonly scrape: string;
}
const usual: Pace = { interval: '10s', scrape: '5s' };
const quick: Pace = { interval: '1s', scrape: '1s' };

/** Postgres, the world, an API process, workers, for a fleet a writer, and releases that are being measured. */
export class Stage {
  /** Ids, by the number of the service. */
  readonly releases: string[] = [];
  private constructor(
    readonly database: Database,
    readonly world: World,
    readonly api: ControlPlaneProcess,
    readonly workers: readonly ControlPlaneProcess[],
    /** One where there are several clusters, as a fleet is run. */
    readonly writers: readonly ControlPlaneProcess[],
    readonly clusters: readonly string[],
    readonly call: Call,
    readonly drain: Drain,
  ) {}

  readonly jobs = new JobLog(this.database);

  /** What `play` returns; the stage is stopped whether or not it throws. */
  static async during<Result>(
    extent: Extent,
    clusters: number,
    play: (stage: Stage) => Promise<Result>,
    pace?: Pace,
  ): Promise<Result> {
    const stage = await Stage.start(extent, clusters, pace);
    try {
      return await play(stage);
    } finally {
      await stage.stop();
    }
  }

  private static async start(
    { workers, profiles, isShort }: Extent,
    clusters: number,
    pace = isShort ? quick : usual,
  ): Promise<Stage> {
    const [database, world] = await Promise.all([Database.start(), World.start()]);
    await migrate(database.url);
    const shared = {
      databaseUrl: database.url,
      token: randomBytes(24).toString('hex'),
      encryptionKey: randomBytes(32).toString('hex'),
    };
    const api = await startProcess({ ...shared, role: 'api' });
    const names = Array.from({ length: clusters }, (_, index) => clusterOf(index));
    const call = callerOf({ ...api, ...shared });
    for (const name of names) {
      await call('PUT', `/clusters/${name}`, clusterDocument(world, name, pace.scrape));
    }
    const profiling = profiles === undefined ? {} : { profiles };
    const worker: ProcessOptions = { ...shared, ...profiling, role: 'worker' };
    const writer: ProcessOptions = { ...shared, role: 'writer' };
    const writers = clusters > 1 ? [await startProcess(writer)] : [];
    const all = await Promise.all(Array.from({ length: workers }, () => startProcess(worker)));
    const stage = new Stage(
      database,
      world,
      api,
      all,
      writers,
      names,
      call,
      drainOf({ ...api, ...shared }),
    );
    await stage.jobs.install();
    await call('POST', '/strategies', held(pace.interval));
    return stage;
  }

  /**
   * Begins releases until there are so many, no faster than workers keep up with, and waits until all
   * are measured and hardly any is late. False where workers fall so far behind that they do not catch
   * up in a minute, or have not measured all in five: what is more than they can do they never do.
   */
  async holdReleases(count: number, clusters = this.clusters): Promise<boolean> {
    await this.world.setServices(count);
    const indexes = Array.from({ length: count }, (_, index) => index).slice(this.releases.length);
    for (let from = 0; from < indexes.length; from += atOnce) {
      await Promise.all(indexes.slice(from, from + atOnce).map((one) => this.begin(one, clusters)));
      if (!(await within(60, () => this.isPunctual()))) return false;
    }
    const areMeasured = await within(300, async () => (await this.measured()) >= count);
    if (areMeasured) await within(30, () => this.isPunctual());
    return areMeasured;
  }

  async begin(index: number, clusters = this.clusters): Promise<string> {
    const service = serviceOf(index);
    await this.call('POST', '/services', { name: service, port: 80, stable: 'v1', clusters });
    const wanted = { service, candidate: 'v2', strategy: 'held' };
    const { id } = (await this.call('POST', '/releases', wanted)) as { id: string };
    this.releases[index] = id;
    return id;
  }

  async until(holds: () => Promise<boolean>, what: string): Promise<void> {
    if (!(await within(600, holds))) throw new Error(`not so after ten minutes: ${what}`);
  }

  private async stop(): Promise<void> {
    await Promise.all([...this.workers, ...this.writers, this.api].map((one) => one.stop()));
    await Promise.all([this.world.stop(), this.database.stop()]);
  }

  /** No job waits for longer than a second. */
  private async isPunctual(): Promise<boolean> {
    return (await this.jobs.overdue()) === 0;
  }

  private measured(): Promise<number> {
    return this.database.number(
      'select count(distinct measurements.release) as n from measurements',
    );
  }
}

const clusterDocument = (world: World, name: string, scrapeInterval: string) => ({
  name,
  labels: {},
  connection: { kubeconfig: world.kubeconfig(name) },
  metrics: { prometheus: { url: world.prometheus(name), timeout: '10s', scrapeInterval } },
});

/** At a tenth of the traffic, and looked at again and again for longer than the bench takes. */
function held(interval: string) {
  const looked = { interval, count: 1_000, minSample: 1 };
  return {
    name: 'held',
    steps: [{ setWeight: 10 }, { analyze: {} }],
    metrics: [
      {
        name: 'success-rate',
        query: { requestSuccessRate: {} },
        min: 95,
        judge: { errorCount: { minRequests: 50 } },
        ...looked,
      },
      {
        name: 'latency-p99',
        query: { requestLatency: { quantile: 0.99 } },
        max: 500,
        judge: { latency: { minRequests: 50 } },
        ...looked,
      },
    ],
  };
}

/** Whether it held within so many seconds. */
async function within(seconds: number, holds: () => Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + seconds * 1_000;
  while (!(await holds())) {
    if (performance.now() > deadline) return false;
    await sleep(250);
  }
  return true;
}
