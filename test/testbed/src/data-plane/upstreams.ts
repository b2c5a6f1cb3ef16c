import type { Behaviour } from '../mesh-counters.js';
import type { MeshServiceName } from '../workload.js';
import { AnswerCounts, type Answer, type Answered } from './answer-counts.js';
import type { Protocol } from './protocol.js';
import { serveEcho, serveHttp, serveHttp2, type UpstreamServer } from './upstream-servers.js';
import { appOf, versionOf, type Workload } from './workload.js';

interface Played {
  readonly servers: Readonly<Record<'http' | 'http2' | 'tcp', UpstreamServer>>;
  /** Of the last workload with this id. */
  workload: Workload;
}

/** A proxy that has not heard yet that a Pod is gone may still call it. */
const lingerMs = 1_000;

/** Plays every workload of the mesh on loopback ports of this process, and counts what they got. */
export class Upstreams {
  private readonly played = new Map<string, Played>();
  private readonly owners = new Map<number, Workload>();
  private readonly behaviours = new Map<string, Behaviour>();
  private readonly leaving = new Map<Played, NodeJS.Timeout>();
  private readonly owed = new Map<string, number>();
  readonly counts = new AnswerCounts();

  /** From now on, these are there and no others. */
  async play(workloads: readonly Workload[]): Promise<void> {
    const wanted = new Map(workloads.map((workload) => [workload.id, workload]));
    for (const [id, played] of this.played) if (!wanted.has(id)) this.leave(id, played);
    for (const workload of wanted.values()) {
      const known = this.played.get(workload.id);
      if (known === undefined) await this.enter(workload);
      else known.workload = workload;
    }
  }

  /** TLS is not decrypted: whoever greets gets the version's name in plain text. */
  readonly portOf = ({ id }: Workload, protocol: Protocol): number => {
    const played = this.played.get(id);
    if (played === undefined) throw new Error(`nobody plays ${id}`);
    return played.servers[protocol === 'tls' ? 'tcp' : protocol].port;
  };

  /** Who answers, or answered, on a port. */
  at(port: number): Workload | undefined {
    return this.owners.get(port);
  }

  /** From now on the version of the service (its `app` label) answers like this; what is not named stays. */
  setVersion(service: MeshServiceName, version: string, change: Partial<Behaviour>): void {
    const key = behaviourKey(service.namespace, service.name, version);
    this.behaviours.set(key, { ...this.behaviour(key), ...change });
  }

  /** What the Pods of a version got so far, copies of mirrored requests included. */
  requests({ namespace, name }: MeshServiceName, version: string): Answered {
    return this.counts.of((workload) => {
      return (
        workload.namespace === namespace &&
        appOf(workload) === name &&
        versionOf(workload) === version
      );
    });
  }

  async stop(): Promise<void> {
    for (const timer of this.leaving.values()) clearTimeout(timer);
    await Promise.all([...this.played.values(), ...this.leaving.keys()].flatMap(closeAll));
  }

  private async enter(workload: Workload): Promise<void> {
    const answering = {
      workload,
      next: () => this.next(workload),
      record: (answer: Answer) => this.counts.add(workload, answer),
    };
    const [http, http2, tcp] = await Promise.all([
      serveHttp(answering),
      serveHttp2(answering),
      serveEcho(answering),
    ]);
    for (const { port } of [http, http2, tcp]) this.owners.set(port, workload);
    this.played.set(workload.id, { servers: { http, http2, tcp }, workload });
  }

  private leave(id: string, played: Played): void {
    this.played.delete(id);
    const close = (): void => {
      this.leaving.delete(played);
      void Promise.all(closeAll(played));
    };
    this.leaving.set(played, setTimeout(close, lingerMs).unref());
  }

  /** How the next request is answered. Errors come by arithmetic, not by chance. */
  private next(workload: Workload): { readonly isError: boolean; readonly latencyMs: number } {
    const key = behaviourKey(workload.namespace, appOf(workload), versionOf(workload));
    const { errorRate, latencyMs } = this.behaviour(key);
    const owed = (this.owed.get(key) ?? 0) + errorRate;
    // Binary fractions may leave a hair less than 1.
    const isError = owed >= 1 - 1e-9;
    this.owed.set(key, isError ? owed - 1 : owed);
    return { isError, latencyMs };
  }

  private behaviour(key: string): Behaviour {
    return this.behaviours.get(key) ?? { errorRate: 0, latencyMs: 0 };
  }
}

const behaviourKey = (...parts: readonly string[]): string => parts.join('/');

const closeAll = ({ servers }: Played): readonly Promise<void>[] =>
  Object.values(servers).map((server) => server.close());
