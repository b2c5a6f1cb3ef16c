import type { AllowedEgress, EgressMode, WantedMode } from '@spillway/domain-egress';
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

@Entity('egress_policies')
@Check('egress_policies_mode_check', `mode in ('observe', 'enforce')`)
@Check('egress_policies_generation_check', 'generation > 0')
export class EgressRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'egress_policies_pkey' })
  namespace!: string;

  @Column({ type: 'text' })
  mode!: EgressMode;

  @Column({ type: 'jsonb' })
  allow!: readonly AllowedEgress[];

  @Column({ type: 'integer' })
  generation!: number;

  @Column({ type: 'text', name: 'changed_by' })
  changedBy!: string;

  @Column({ type: 'text' })
  because!: string;

  @Column({ type: 'text', nullable: true })
  accepted!: string | null;

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;

  @Column({ ...instantColumn, name: 'updated_at' })
  updatedAt!: Instant;

  @OneToMany(() => EgressRolloutRow, (rollout) => rollout.of)
  rollouts!: EgressRolloutRow[];
}

/** A policy in one cluster. */
@Entity('egress_rollouts')
@Check('egress_rollouts_mode_check', `mode in ('off', 'observe', 'enforce')`)
export class EgressRolloutRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'egress_rollouts_pkey' })
  namespace!: string;

  @Index('egress_rollouts_cluster_idx')
  @ForeignKey(() => ClusterRow, { name: 'egress_rollouts_cluster_fkey' })
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'egress_rollouts_pkey' })
  cluster!: string;

  @Column({ type: 'integer' })
  position!: number;

  @Column({ type: 'text' })
  mode!: WantedMode;

  @Column({ type: 'integer', name: 'applied_generation', nullable: true })
  appliedGeneration!: number | null;

  @Column({ ...instantColumn, name: 'applied_at', nullable: true })
  appliedAt!: Instant | null;

  @Column({ type: 'text', nullable: true })
  because!: string | null;

  @ManyToOne(() => EgressRow, (policy) => policy.rollouts)
  @JoinColumn({ name: 'namespace', foreignKeyConstraintName: 'egress_rollouts_namespace_fkey' })
  of!: EgressRow;
}
