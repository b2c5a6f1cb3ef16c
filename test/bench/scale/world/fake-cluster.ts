import type { ServerResponse } from 'node:http';
import { podsIn, slicesIn } from './pods.js';
import { Watchers } from './watchers.js';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

interface Stored {
  readonly metadata: Readonly<Record<string, unknown>> & {
    readonly uid: string;
    readonly resourceVersion: string;
  };
  readonly spec?: unknown;
}

type Applied = Omit<Stored, 'metadata'> & {
  readonly metadata: Partial<Stored['metadata']> & { readonly name: string };
};

const istio = /^\/apis\/networking\.istio\.io\/v1(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/(.+))?$/;
const pods = /^\/api\/v1\/namespaces\/([^/]+)\/pods$/;
const slices = /^\/apis\/discovery\.k8s\.io\/v1\/namespaces\/([^/]+)\/endpointslices$/;

/** As much of an API server as Spillway asks: lists, watches, and server-side apply with its preconditions. */
export class FakeCluster {
  reads = 0;
  writes = 0;
  /** When an object was last written, by its name. */
  readonly writtenAt = new Map<string, number>();
  private isGone = false;
  private version = 1;
  private readonly kinds = new Map<string, Map<string, Stored>>();
  private readonly watchers = new Map<string, Watchers>();

  /** Breaks off what is open, and answers nothing until it is back. */
  setGone(isGone: boolean): void {
    this.isGone = isGone;
    if (isGone) for (const one of this.watchers.values()) one.breakOff();
  }

  answer(call: Call, response: ServerResponse): void {
    if (this.isGone) return void response.destroy();
    if (call.method === 'GET') this.reads += 1;
    else this.writes += 1;
    if (call.path === '/readyz') return void response.end('ok');
    if (call.path === '/version') return send(response, 200, { gitVersion: 'v1.34.0' });
    const found = istio.exec(call.path);
    if (found !== null) return this.route(call, response, found);
    const [, ofPods] = pods.exec(call.path) ?? [];
    if (ofPods !== undefined) return this.collection(call, response, podsIn(ofPods));
    const [, ofSlices] = slices.exec(call.path) ?? [];
    if (ofSlices === undefined) return refuse(response, 404, 'not here');
    this.collection(call, response, slicesIn(ofSlices, call.query.get('labelSelector')));
  }

  private route(call: Call, response: ServerResponse, found: RegExpExecArray): void {
    const [, namespace = '', plural = '', name] = found;
    const objects = this.kinds.get(plural) ?? new Map<string, Stored>();
    this.kinds.set(plural, objects);
    if (name === undefined) return this.collection(call, response, [...objects.values()]);
    const key = `${namespace}/${name}`;
    if (call.method === 'PATCH') return this.apply(call, response, { plural, key, objects });
    const stored = objects.get(key);
    if (stored === undefined) return refuse(response, 404, `${key} not found`);
    if (call.method === 'DELETE') {
      objects.delete(key);
      this.watchersOf(call.path.replace(/\/namespaces\/.*$/, `/${plural}`)).tell('DELETED', stored);
    }
    send(response, 200, stored);
  }

  private apply(
    { body }: Call,
    response: ServerResponse,
    { plural, key, objects }: { plural: string; key: string; objects: Map<string, Stored> },
  ): void {
    const wanted = JSON.parse(body) as Applied;
    const before = objects.get(key);
    const expected = wanted.metadata.resourceVersion ?? before?.metadata.resourceVersion;
    if (expected !== (before?.metadata.resourceVersion ?? '0')) {
      return refuse(response, 409, `${key} is another one by now`);
    }
    this.version += 1;
    const metadata = {
      ...wanted.metadata,
      uid: before?.metadata.uid ?? `uid-${this.version}`,
      resourceVersion: String(this.version),
      managedFields: [{ manager: 'spillway', operation: 'Apply', time: new Date().toISOString() }],
    };
    const stored: Stored = { ...wanted, metadata };
    objects.set(key, stored);
    this.writtenAt.set(key, performance.timeOrigin + performance.now());
    send(response, before === undefined ? 201 : 200, stored);
    const type = before === undefined ? 'ADDED' : 'MODIFIED';
    this.watchersOf(`/apis/networking.istio.io/v1/${plural}`).tell(type, stored);
  }

  private collection(call: Call, response: ServerResponse, items: readonly unknown[]): void {
    if (call.query.get('watch') === 'true') return this.watchersOf(call.path).add(response);
    send(response, 200, { metadata: { resourceVersion: String(this.version) }, items });
  }

  private watchersOf(path: string): Watchers {
    const known = this.watchers.get(path) ?? new Watchers(() => String(this.version));
    this.watchers.set(path, known);
    return known;
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const refuse = (response: ServerResponse, code: number, message: string): void =>
  send(response, code, { kind: 'Status', status: 'Failure', message, code });
