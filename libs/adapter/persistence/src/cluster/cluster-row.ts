import type { Labels } from '@spillway/domain-topology';
import type { Instant } from '@spillway/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';
import type { StoredConnection, StoredMetrics } from './cluster-mapping.js';

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

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;

  @Column({ ...instantColumn, name: 'updated_at' })
  updatedAt!: Instant;
}
