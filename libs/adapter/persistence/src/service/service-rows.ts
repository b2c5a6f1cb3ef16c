import type { NewService } from '@spillway/application';
import type { Instant } from '@spillway/kernel';
import {
  Check,
  Column,
  Entity,
  ForeignKey,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
} from 'typeorm';
import { ClusterRow } from '../cluster/cluster-row.js';
import { instantColumn, nameColumn } from '../instant-column.js';

export type ServiceSettings = Pick<
  NewService,
  'protocol' | 'versionHost' | 'edge' | 'ownership' | 'drift' | 'accessLog'
>;

@Entity('services')
@Check('services_port_check', 'port between 1 and 65535')
@Check('services_generation_check', 'generation >= 0')
export class ServiceRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'services_pkey' })
  name!: string;

  @Column({ type: 'text' })
  host!: string;

  @Column({ type: 'integer' })
  port!: number;

  @Column({ type: 'text', name: 'version_label' })
  versionLabel!: string;

  /** What people may leave unsaid. */
  @Column({ type: 'jsonb', default: {} })
  settings!: ServiceSettings;

  @Column({ type: 'text' })
  stable!: string;

  @Column({ type: 'integer' })
  generation!: number;

  @ForeignKey('releases', {
    name: 'services_latest_release_fkey',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column({ type: 'uuid', name: 'latest_release', nullable: true })
  latestRelease!: string | null;

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;

  @Column({ ...instantColumn, name: 'updated_at' })
  updatedAt!: Instant;

  @OneToMany(() => ServiceClusterRow, (place) => place.of)
  clusters!: ServiceClusterRow[];
}

/** A cluster that a service is in. */
@Entity('service_clusters')
export class ServiceClusterRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'service_clusters_pkey' })
  service!: string;

  @Index('service_clusters_cluster_idx')
  @ForeignKey(() => ClusterRow, { name: 'service_clusters_cluster_fkey' })
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'service_clusters_pkey' })
  cluster!: string;

  /** In the order in which people named them. */
  @Column({ type: 'integer' })
  position!: number;

  @ManyToOne(() => ServiceRow, (service) => service.clusters)
  @JoinColumn({ name: 'service', foreignKeyConstraintName: 'service_clusters_service_fkey' })
  of!: ServiceRow;
}
