import type { ClusterAdmin } from '../admin.js';
import { follow } from '../followed.js';
import type { KubeObject } from '../kube-http.js';
import { until } from '../until.js';
import type { MeshSnapshot } from './istio-objects.js';

type Kind = keyof MeshSnapshot;

const istio = '/apis/networking.istio.io/v1';
const collections: Readonly<Record<Kind, string>> = {
  virtualServices: `${istio}/virtualservices`,
  destinationRules: `${istio}/destinationrules`,
  serviceEntries: `${istio}/serviceentries`,
  gateways: `${istio}/gateways`,
  sidecars: `${istio}/sidecars`,
  services: '/api/v1/services',
  pods: '/api/v1/pods',
};
const kinds = Object.keys(collections) as readonly Kind[];

/** istiod pushes after this however often things change. */
const longestMs = 10_000;

export interface MeshWatchOptions {
  readonly admin: ClusterAdmin;
  readonly debounceMs: number;
  /** Called when nothing has changed for so long; never twice at once. */
  readonly push: () => Promise<void>;
}

/** Sees what the API server holds, and tells when it has come to rest. */
export class MeshWatch {
  private readonly closing = new AbortController();
  private readonly objects: Readonly<Record<Kind, Map<string, KubeObject>>> = {
    virtualServices: new Map(),
    destinationRules: new Map(),
    serviceEntries: new Map(),
    gateways: new Map(),
    sidecars: new Map(),
    services: new Map(),
    pods: new Map(),
  };
  private firstChange: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pushing: Promise<void> = Promise.resolve();
  private failure: unknown;

  constructor(private readonly options: MeshWatchOptions) {}

  /** Resolves when it has seen everything once. */
  async start(): Promise<void> {
    const { http } = this.options.admin;
    const { signal } = this.closing;
    await Promise.all(
      kinds.map((kind) => {
        const onChange = (key: string, object: KubeObject | undefined): void => {
          if (object === undefined) this.objects[kind].delete(key);
          else this.objects[kind].set(key, object);
          this.debounce();
        };
        return follow({ http, signal, path: collections[kind], onChange });
      }),
    );
  }

  snapshot(): MeshSnapshot {
    const of = (kind: Kind): readonly KubeObject[] => [...this.objects[kind].values()];
    return Object.fromEntries(kinds.map((kind) => [kind, of(kind)])) as unknown as MeshSnapshot;
  }

  /** Resolves when what the API server holds now has been pushed. */
  async caughtUp(): Promise<void> {
    await Promise.all(kinds.map((kind) => this.hasSeen(kind)));
    const what = 'the last change is pushed';
    await until(() => this.timer === undefined, { what, withinMs: longestMs + 1_000 });
    await this.pushing;
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
  }

  stop(): void {
    this.closing.abort();
    clearTimeout(this.timer);
  }

  private async hasSeen(kind: Kind): Promise<void> {
    const held = await this.options.admin.list(collections[kind]);
    const seen = this.objects[kind];
    const wanted = held.map((object) => [keyOf(object), versionOf(object)] as const);
    await until(() => wanted.every(([key, version]) => isSeen(seen.get(key), version)), {
      what: `the watch of ${kind} has caught up`,
      withinMs: 10_000,
    });
    const keys = new Set(wanted.map(([key]) => key));
    await until(() => [...seen.keys()].every((key) => keys.has(key)), {
      what: `the watch of ${kind} has seen what is gone`,
      withinMs: 10_000,
    });
  }

  private debounce(): void {
    clearTimeout(this.timer);
    this.firstChange ??= performance.now();
    const left = this.firstChange + longestMs - performance.now();
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.firstChange = undefined;
        this.pushing = this.pushing.then(this.options.push).catch((error: unknown) => {
          this.failure = error;
        });
      },
      Math.min(this.options.debounceMs, left),
    );
  }
}

const keyOf = ({ metadata }: KubeObject): string => `${metadata.namespace}/${metadata.name}`;

const versionOf = ({ metadata }: KubeObject): number => Number(metadata.resourceVersion);

const isSeen = (object: KubeObject | undefined, version: number): boolean =>
  object !== undefined && versionOf(object) >= version;
