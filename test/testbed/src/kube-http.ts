import { createInterface } from 'node:readline';
import { Agent, request } from 'undici';

/** The API server answered with an error status. */
export class KubeRefused extends Error {
  constructor(
    readonly status: number,
    readonly call: string,
    body: string,
  ) {
    super(`${call} was answered ${status}: ${body}`);
    this.name = 'KubeRefused';
  }
}

export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly creationTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly managedFields?: readonly { readonly manager: string; readonly operation: string }[];
  };
  readonly [field: string]: unknown;
}

export interface KubeList {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly KubeObject[];
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubeObject;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type PatchKind = 'apply' | 'merge';
const patchTypes: Readonly<Record<PatchKind, string>> = {
  apply: 'application/apply-patch+yaml',
  merge: 'application/merge-patch+json',
};

/** Plain calls to one API server as one user. */
export class KubeHttp {
  private readonly agent: Agent;

  constructor(
    private readonly url: string,
    private readonly token: string,
    certificateAuthority: string,
  ) {
    // A watch is silent for as long as nothing happens.
    this.agent = new Agent({ connect: { ca: certificateAuthority }, bodyTimeout: 0 });
  }

  get<T = KubeObject>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  /** `undefined` when it is not there. */
  async find(path: string): Promise<KubeObject | undefined> {
    return this.get(path).catch(missing);
  }

  post(path: string, body: object): Promise<KubeObject> {
    return this.call('POST', path, body);
  }

  /** Replaces the whole object. */
  put(path: string, body: object): Promise<KubeObject> {
    return this.call('PUT', path, body);
  }

  patch(path: string, kind: PatchKind, body: object): Promise<KubeObject> {
    return this.call('PATCH', path, body, patchTypes[kind]);
  }

  /** No effect when it is not there. */
  async delete(path: string): Promise<void> {
    await this.call('DELETE', path).catch(missing);
  }

  /** Text of an endpoint that is no resource, e.g. `/readyz`. */
  text(path: string): Promise<string> {
    return this.send('GET', path);
  }

  async *watch(path: string, signal: AbortSignal): AsyncGenerator<WatchEvent> {
    const { statusCode, body } = await this.request('GET', path, { signal });
    if (statusCode !== 200) throw new KubeRefused(statusCode, `GET ${path}`, await body.text());
    for await (const line of createInterface(body)) yield JSON.parse(line) as WatchEvent;
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async call<T = KubeObject>(
    method: Method,
    path: string,
    body?: object,
    type = 'application/json',
  ): Promise<T> {
    return JSON.parse(await this.send(method, path, body, type)) as T;
  }

  private async send(
    method: Method,
    path: string,
    content?: object,
    type?: string,
  ): Promise<string> {
    const { statusCode, body } = await this.request(method, path, {
      ...(content === undefined ? {} : { body: JSON.stringify(content), type }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await body.text();
    if (statusCode >= 300) throw new KubeRefused(statusCode, `${method} ${path}`, text);
    return text;
  }

  private request(
    method: Method,
    path: string,
    options: { body?: string; type?: string | undefined; signal: AbortSignal },
  ) {
    return request(this.url + path, {
      method,
      dispatcher: this.agent,
      signal: options.signal,
      headers: {
        authorization: `Bearer ${this.token}`,
        accept: 'application/json',
        ...(options.type === undefined ? {} : { 'content-type': options.type }),
      },
      ...(options.body === undefined ? {} : { body: options.body }),
    });
  }
}

function missing(error: unknown): undefined {
  if (error instanceof KubeRefused && error.status === 404) return undefined;
  throw error;
}
