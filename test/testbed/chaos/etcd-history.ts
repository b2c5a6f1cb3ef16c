import { createInterface } from 'node:readline';
import { request } from 'undici';
import type { KubeObject } from '../src/index.js';
import { until } from '../src/until.js';

/** An object as an API server once stored it. */
export interface StoredVersion {
  readonly cluster: string;
  /** `virtualservices` or `destinationrules`. */
  readonly plural: string;
  readonly namespace: string;
  readonly name: string;
  /** Absent: it was deleted. */
  readonly object?: KubeObject;
  /** In milliseconds since 1970. */
  readonly seenAt: number;
}

interface Answer {
  readonly result?: {
    readonly header?: { readonly revision?: string };
    readonly events?: readonly {
      readonly type?: 'DELETE';
      readonly kv: { readonly key: string; readonly value?: string };
    }[];
  };
}

const prefix = '/registry/networking.istio.io/';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/**
 * Every version of every Istio object, in the order in which they were stored. It is
 * read from etcd, which goes on while API servers die: a watch of theirs would miss
 * what comes and goes while it is broken.
 */
export class EtcdHistory {
  readonly versions: StoredVersion[] = [];
  private readonly stopping = new AbortController();
  private following: Promise<void> = Promise.resolve();
  private failure: unknown;

  private constructor(
    private readonly cluster: string,
    private readonly url: string,
  ) {}

  static follow(cluster: string, etcdUrl: string): EtcdHistory {
    const history = new EtcdHistory(cluster, etcdUrl);
    history.following = history.watch().catch((error: unknown) => {
      if (!history.stopping.signal.aborted) history.failure = error;
    });
    return history;
  }

  /** All that was stored until now. */
  async all(isThere: (versions: readonly StoredVersion[]) => boolean): Promise<StoredVersion[]> {
    const what = `the history of ${this.cluster} is read to its end`;
    await until(() => this.failure !== undefined || isThere(this.versions), {
      what,
      withinMs: 20_000,
    });
    if (this.failure !== undefined) throw this.failure;
    return [...this.versions];
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.following;
  }

  private async watch(): Promise<void> {
    const create = {
      key: base64(prefix),
      range_end: base64(prefix.replace(/.$/, '0')),
      start_revision: '1',
    };
    const { statusCode, body } = await request(`${this.url}/v3/watch`, {
      method: 'POST',
      body: JSON.stringify({ create_request: create }),
      signal: this.stopping.signal,
      bodyTimeout: 0,
    });
    if (statusCode !== 200) throw new Error(`etcd answered ${statusCode}: ${await body.text()}`);
    for await (const line of createInterface(body)) this.add(JSON.parse(line) as Answer);
    throw new Error(`etcd of ${this.cluster} ended the watch`);
  }

  private add({ result }: Answer): void {
    for (const { type, kv } of result?.events ?? []) {
      const key = Buffer.from(kv.key, 'base64').toString();
      const [plural = '', namespace = '', name = ''] = key.slice(prefix.length).split('/');
      const isGone = type === 'DELETE' || kv.value === undefined;
      this.versions.push({
        cluster: this.cluster,
        plural,
        namespace,
        name,
        seenAt: Date.now(),
        ...(isGone ? {} : { object: objectOf(kv.value) }),
      });
    }
  }
}

const objectOf = (value: string): KubeObject =>
  JSON.parse(Buffer.from(value, 'base64').toString()) as KubeObject;
