import type { Labels } from '@spillway/domain-topology';
import type { ClusterName, Instant } from '@spillway/kernel';
import type { LinkState } from './link-state.js';
import type { Page, PageRequest } from './page.js';

/** How a cluster's API server is reached. Secrets in it are stored encrypted. */
export type ClusterConnection =
  | { readonly kind: 'kubeconfig'; readonly kubeconfig: string; readonly context?: string }
  | { readonly kind: 'inCluster' }
  | { readonly kind: 'simulated'; readonly seed: number };

export type PrometheusAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string };

/** Where a cluster's metrics come from. A simulated cluster measures itself. */
export type MetricsConnection =
  | {
      readonly kind: 'prometheus';
      readonly url: string;
      readonly auth: PrometheusAuth;
      /** PEM of the authority that signed the server's certificate, where it is a private one. */
      readonly caCertificate?: string;
      readonly timeoutMs: number;
      /** `reporter` label to read; exactly one, or requests count twice. */
      readonly reporter: 'source' | 'destination' | 'waypoint';
      /** Time between two scrapes of a proxy. */
      readonly scrapeIntervalMs: number;
      /** How long after a scrape its samples may still arrive, e.g. by remote write. */
      readonly lagMs: number;
    }
  | { readonly kind: 'simulated' }
  | { readonly kind: 'none' };

/** Who is asked what the proxies of a cluster have. */
export type ProxyAccess =
  /** The debug endpoint of each istiod replica: one answers for the proxies connected to it only. */
  | { readonly kind: 'istiod'; readonly urls: readonly string[] }
  /** The admin port of each Envoy. */
  | { readonly kind: 'envoy'; readonly urls: readonly string[] };

export interface ClusterRecord {
  readonly name: ClusterName;
  readonly labels: Labels;
  readonly connection: ClusterConnection;
  readonly metrics: MetricsConnection;
  /** Absent: nobody can be asked what the proxies have. */
  readonly proxies?: ProxyAccess;
  /** What a worker last saw of it. Absent until one has tried to connect it as it is now. */
  readonly lastState?: LinkState;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export type NewCluster = Omit<ClusterRecord, 'createdAt' | 'updatedAt' | 'lastState'>;

export interface ClusterStore {
  get(name: ClusterName): Promise<ClusterRecord | undefined>;
  /** Like `get`, and no other transaction can lock, put or remove it until this one ends. */
  lock(name: ClusterName): Promise<ClusterRecord | undefined>;
  /** Those that exist among `names`, in the order of their names. */
  getAll(names: readonly ClusterName[]): Promise<readonly ClusterRecord[]>;
  /** In the order of their names. */
  list(page: PageRequest): Promise<Page<ClusterRecord>>;
  /** Adds it, or replaces the one of that name, whose last state is forgotten. */
  put(cluster: NewCluster): Promise<ClusterRecord>;
  /** Keeps what was seen of it. No effect when it is not there. */
  noteState(name: ClusterName, state: LinkState): Promise<void>;
  /** No effect when it is not there. */
  remove(name: ClusterName): Promise<void>;
}
