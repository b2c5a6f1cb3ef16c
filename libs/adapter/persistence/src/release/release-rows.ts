import type { Phase, Plan, Release, Rollout } from '@spillway/domain-release';
import type { Exposure } from '@spillway/domain-traffic';
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
import { instantColumn, nameColumn } from '../instant-column.js';
import { ServiceRow } from '../service/service-rows.js';
import { StrategyRow } from '../strategy/strategy-row.js';

@Entity('releases')
@Check('releases_revision_check', 'revision > 0')
@Check('releases_generation_check', 'generation >= 0')
@ForeignKey(() => StrategyRow, ['strategy', 'strategyVersion'], ['name', 'version'], {
  name: 'releases_strategy_fkey',
})
@Index('releases_newest_idx', ['createdAt', 'id'])
@Index('releases_service_newest_idx', ['service', 'createdAt', 'id'])
@Index('releases_phase_newest_idx', ['phase', 'createdAt', 'id'])
@Index('releases_candidate_newest_idx', ['candidate', 'createdAt', 'id'])
@Index('releases_strategy_newest_idx', ['strategy', 'createdAt', 'id'])
// Of the namespace, which is the first part of the service: TypeORM knows no index of an expression.
@Index('releases_namespace_newest_idx', { synchronize: false })
@Index('releases_awaiting_idx', ['createdAt', 'id'], {
  where: `gates ->> 'awaiting' is not null and ended_at is null`,
})
@Index('releases_queued_idx', ['service', 'createdAt', 'id'], { where: `phase = 'queued'` })
@Index('releases_one_running_idx', ['service'], {
  unique: true,
  where: `phase not in ('queued', 'succeeded', 'rolledBack', 'cancelled', 'superseded')`,
})
export class ReleaseRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'releases_pkey' })
  id!: string;

  @ForeignKey(() => ServiceRow, { name: 'releases_service_fkey' })
  @Column(nameColumn)
  service!: string;

  @Column({ type: 'text' })
  stable!: string;

  @Column({ type: 'text' })
  candidate!: string;

  @Column(nameColumn)
  strategy!: string;

  @Column({ type: 'integer', name: 'strategy_version' })
  strategyVersion!: number;

  @Column({ type: 'jsonb' })
  plan!: Plan;

  @Column({ type: 'text', name: 'requested_by' })
  requestedBy!: string;

  @Column({ type: 'text' })
  description!: string;

  @Column({ type: 'text' })
  phase!: Phase;

  @Column({ type: 'jsonb', nullable: true })
  held!: Exclude<Release['held'], undefined> | null;

  @Column({ type: 'jsonb', nullable: true })
  paused!: Exclude<Release['paused'], undefined> | null;

  @Column({ type: 'text' })
  because!: string;

  @Column({ type: 'integer', name: 'step_index' })
  stepIndex!: number;

  @Column({ type: 'boolean', name: 'step_started' })
  stepStarted!: boolean;

  @Column({ ...instantColumn, name: 'step_entered_at' })
  stepEnteredAt!: Instant;

  @Column({ type: 'integer' })
  generation!: number;

  @Column({ type: 'integer' })
  revision!: number;

  /** What comparisons showed in the measured steps that are over. */
  @Column({ type: 'jsonb', nullable: true })
  shown!: Exclude<Release['shown'], undefined> | null;

  /** What it waits for at a gate, who approved, and which gates it passed. */
  @Column({ type: 'jsonb', nullable: true })
  gates!: Pick<Release, 'awaiting' | 'approvals' | 'passedGates'> | null;

  @Column({ type: 'jsonb', name: 'overridden_freezes', nullable: true })
  overriddenFreezes!: Exclude<Release['overriddenFreezes'], undefined> | null;

  /** What people told it, and why it is there. */
  @Column({ type: 'jsonb', nullable: true })
  orders!: Pick<Release, 'skipTo' | 'isFull' | 'supersededBy' | 'follows'> | null;

  /** Of the newest event: what the next one is chained to. */
  @Column({ type: 'text', name: 'head_hash', select: false })
  headHash!: string;

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;

  /** When it was saved, by the database's clock: what a feed that lost its connection asks for. */
  @Index('releases_changed_idx')
  @Column({ ...instantColumn, name: 'changed_at', select: false })
  changedAt!: Instant;

  @Column({ ...instantColumn, name: 'ended_at', nullable: true })
  endedAt!: Instant | null;

  @OneToMany(() => RolloutRow, (rollout) => rollout.of)
  rollouts!: RolloutRow[];
}

@Entity('rollouts')
@Check('rollouts_desired_weight_check', 'desired_weight between 0 and 10000')
@Check('rollouts_applied_check', '(applied_generation is null) = (applied_at is null)')
@Index('rollouts_unsettled_idx', ['cluster'], { where: 'not settled' })
export class RolloutRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'rollouts_pkey' })
  release!: string;

  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'rollouts_pkey' })
  cluster!: string;

  @Column({ type: 'integer' })
  position!: number;

  @Column({ type: 'integer' })
  wave!: number;

  @Column({ type: 'integer', name: 'desired_generation' })
  desiredGeneration!: number;

  @Column({ type: 'integer', name: 'desired_weight' })
  desiredWeight!: number;

  /** What the candidate sees beside its weight; empty where that is all. */
  @Column({ type: 'jsonb', nullable: true })
  exposure!: Omit<Exposure, 'weight'> | null;

  @Column({ type: 'integer', name: 'applied_generation', nullable: true })
  appliedGeneration!: number | null;

  @Column({ ...instantColumn, name: 'applied_at', nullable: true })
  appliedAt!: Instant | null;

  @Column({ type: 'text', nullable: true })
  refused!: string | null;

  @Column({ type: 'text', nullable: true })
  drifted!: string | null;

  /** How often it was changed and written again. */
  @Column({ type: 'jsonb', nullable: true })
  healed!: Exclude<Rollout['healed'], undefined> | null;

  /** What proxies and counted requests have shown of what was applied, and when that was. */
  @Column({ type: 'jsonb', nullable: true })
  proof!: ({ readonly of: Instant } & Pick<Rollout, 'distributed' | 'delayed' | 'observed'>) | null;

  /** The cluster has all that the rollout wants, down to removed subsets. */
  @Column({ type: 'boolean' })
  settled!: boolean;

  @ManyToOne(() => ReleaseRow, (release) => release.rollouts)
  @JoinColumn({ name: 'release', foreignKeyConstraintName: 'rollouts_release_fkey' })
  of!: ReleaseRow;
}
