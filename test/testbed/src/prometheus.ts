import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { request } from 'undici';
import { Daemon } from './daemon.js';
import { freePort } from './free-port.js';
import { writeHistory, type HistorySeries } from './history.js';
import { say, took } from './say.js';
import { makeTempFolder, removeTempFolder } from './temp-folder.js';
import { TestbedUnavailable } from './testbed-unavailable.js';

export interface PrometheusOptions {
  /** Addresses `host:port` that serve `/metrics`, e.g. a mesh exporter's `target`. */
  readonly targets: readonly string[];
  /** What it scraped before it started; none unless given. */
  readonly history?: readonly HistorySeries[];
}

/** One series of an instant query's answer. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A real Prometheus that scrapes every second. */
export class TestPrometheus {
  private constructor(
    readonly url: string,
    private readonly port: number,
    private readonly folder: string,
    private daemon: Daemon | undefined,
  ) {}

  static async start({ targets, history = [] }: PrometheusOptions): Promise<TestPrometheus> {
    requirePrometheus();
    const start = performance.now();
    const folder = await makeTempFolder('prometheus');
    const port = await freePort();
    const scrape = { job_name: 'mesh', static_configs: [{ targets }] };
    const config = {
      global: { scrape_interval: '1s', scrape_timeout: '1s' },
      scrape_configs: [scrape],
    };
    await writeFile(join(folder, 'prometheus.yaml'), JSON.stringify(config));
    if (history.length > 0) await writeHistory(history, folder);
    const prometheus = new TestPrometheus(`http://127.0.0.1:${port}`, port, folder, undefined);
    await prometheus.restart();
    say(`Prometheus at ${prometheus.url} is ready after ${took(start)}`);
    return prometheus;
  }

  /** An instant query, as of now. */
  async query(expression: string): Promise<readonly Sample[]> {
    const { statusCode, body } = await request(
      `${this.url}/api/v1/query?query=${encodeURIComponent(expression)}`,
    );
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`Prometheus answered ${statusCode}: ${text}`);
    const { data } = JSON.parse(text) as {
      data: { result: readonly { metric: Record<string, string>; value: [number, string] }[] };
    };
    return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  }

  /** How many instant queries it has answered. */
  async queries(): Promise<number> {
    const { body } = await request(`${this.url}/metrics`);
    const counter =
      /^prometheus_http_requests_total\{code="200",handler="\/api\/v1\/query"\} (.*)$/m;
    return Number(counter.exec(await body.text())?.[1] ?? 0);
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    const { daemon } = this;
    this.daemon = undefined;
    await daemon?.kill();
  }

  /** Starts it again after `kill`, on the same port, with the same data. */
  async restart(): Promise<void> {
    if (this.daemon !== undefined) throw new Error(`Prometheus at ${this.url} runs already`);
    this.daemon = await Daemon.start({
      name: 'prometheus',
      command: 'prometheus',
      args: [
        `--config.file=${join(this.folder, 'prometheus.yaml')}`,
        `--storage.tsdb.path=${join(this.folder, 'data')}`,
        '--storage.tsdb.retention.time=100y',
        `--web.listen-address=127.0.0.1:${this.port}`,
        '--log.level=warn',
      ],
      folder: this.folder,
    });
    await this.daemon.ready(async () => {
      const { statusCode, body } = await request(`${this.url}/-/ready`);
      await body.dump();
      return statusCode === 200;
    });
  }

  async stop(): Promise<void> {
    const { daemon } = this;
    this.daemon = undefined;
    await daemon?.stop();
    await removeTempFolder(this.folder);
  }
}

export const startPrometheus = (options: PrometheusOptions): Promise<TestPrometheus> =>
  TestPrometheus.start(options);

function requirePrometheus(): void {
  const { error } = spawnSync('prometheus', ['--version']);
  if (error === undefined) return;
  throw new TestbedUnavailable(
    'The testbed needs the `prometheus` binary in PATH, and it is not there.',
    'Run `apt-get install prometheus`.',
    { cause: error },
  );
}
