import type {
  ClusterConnection,
  LinkState,
  MetricsConnection,
  ProxyAccess,
} from '@spillway/application';
import type { Labels } from '@spillway/domain-topology';
import type { Instant } from '@spillway/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';

type Kubeconfig = Extract<ClusterConnection, { kind: 'kubeconfig' }>;
type Prometheus = Extract<MetricsConnection, { kind: 'prometheus' }>;

/** Like the connection, but what is secret in it is sealed. */
export type StoredConnection =
  | Exclude<ClusterConnection, Kubeconfig>
  | (Omit<Kubeconfig, 'kubeconfig'> & { readonly sealedKubeconfig: string });

export type StoredAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly sealedToken: string }
  | { readonly kind: 'basic'; readonly username: string; readonly sealedPassword: string };

/** Absent from rows that were written before anybody could say. */
type Sampling = 'scrapeIntervalMs' | 'lagMs';

export type StoredMetrics =
  | Exclude<MetricsConnection, Prometheus>
  | (Omit<Prometheus, 'auth' | Sampling> &
      Partial<Pick<Prometheus, Sampling>> & { readonly auth: StoredAuth });

@Entity('clusters')
export class ClusterRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'clusters_pkey' })
  name!: string;

  @Column({ type: 'jsonb' })
  labels!: Labels;

  @Column({ type: 'jsonb' })
  connection!: StoredConnection;

  @Column({ type: 'jsonb' })
  metrics!: StoredMetrics;

  @Column({ type: 'jsonb', nullable: true })
  proxies!: ProxyAccess | null;

  @Column({ type: 'jsonb', name: 'last_state', nullable: true })
  lastState!: LinkState | null;

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;

  @Column({ ...instantColumn, name: 'updated_at' })
  updatedAt!: Instant;
}
