import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { end } from '../../process/start-spillway.js';
import { routeOf } from './world/names.js';

export interface Asked {
  readonly reads: number;
  readonly writes: number;
  /** To Prometheus. */
  readonly questions: number;
}

const program = fileURLToPath(new URL('world/main.js', import.meta.url));

/** API servers and a Prometheus, in a process of their own. */
export class World {
  private constructor(
    private readonly url: string,
    readonly pid: number,
    readonly stop: () => Promise<void>,
  ) {}

  static async start(): Promise<World> {
    const child = fork(program, [], { execArgv: ['--max-old-space-size=4096'] });
    const [port] = (await once(child, 'message')) as [number];
    return new World(`http://127.0.0.1:${port}`, child.pid ?? 0, () => end(child));
  }

  /** A kubeconfig of the cluster. */
  kubeconfig(name: string): string {
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': name,
      clusters: [
        {
          name,
          cluster: { server: `${this.url}/clusters/${name}`, 'insecure-skip-tls-verify': true },
        },
      ],
      users: [{ name, user: { token: 'bench' } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
    });
  }

  prometheus(name: string): string {
    return `${this.url}/prometheus/${name}`;
  }

  /** So many services have requests. */
  async setServices(count: number): Promise<void> {
    await this.ask(`/services?count=${count}`);
  }

  /** Just these clusters are gone from now on; resolves to the moment. */
  setGone(clusters: readonly string[]): Promise<number> {
    return this.ask(`/gone?clusters=${clusters.join()}`) as Promise<number>;
  }

  asked(): Promise<Asked> {
    return this.ask('/asked') as Promise<Asked>;
  }

  /** When the routing of a service was last written, in so many clusters that each had it written since then. */
  async writtenSince(since: number, service: number, clusters: number): Promise<readonly number[]> {
    for (;;) {
      const written = await this.written(routeOf(service));
      const later = written.filter((at) => at >= since);
      if (later.length === clusters) return later;
      await sleep(20);
    }
  }

  /** When an object was last written, in each cluster that has it. */
  private written(key: string): Promise<readonly number[]> {
    return this.ask(`/written?key=${encodeURIComponent(key)}`) as Promise<readonly number[]>;
  }

  private async ask(path: string): Promise<unknown> {
    return (await fetch(`${this.url}/control${path}`)).json();
  }
}
