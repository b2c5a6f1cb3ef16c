import type { HookCall } from '@spillway/application';
import type { HookPoint } from '@spillway/domain-release';
import type { Instant } from '@spillway/kernel';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';

const key = { primaryKeyConstraintName: 'hook_calls_pkey' };

@Entity('hook_calls')
@Index('hook_calls_newest_idx', ['release', 'firstAt', 'hook', 'ordinal'])
export class HookCallRow {
  @ForeignKey('releases', { name: 'hook_calls_release_fkey' })
  @PrimaryColumn({ type: 'uuid', ...key })
  release!: string;

  @PrimaryColumn({ ...nameColumn, ...key })
  hook!: string;

  @PrimaryColumn({ type: 'integer', ...key })
  ordinal!: number;

  @Column({ type: 'text' })
  point!: HookPoint;

  @Column({ type: 'text' })
  slot!: string;

  @Column({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  state!: HookCall['state'];

  @Column({ type: 'integer', nullable: true })
  status!: number | null;

  @Column({ type: 'text' })
  detail!: string;

  @Column({ type: 'integer' })
  attempts!: number;

  @Column({ type: 'integer' })
  times!: number;

  @Column({ ...instantColumn, name: 'first_at' })
  firstAt!: Instant;

  @Column(instantColumn)
  at!: Instant;

  @Column({ type: 'integer', name: 'took_ms' })
  tookMs!: number;

  @Column({ ...instantColumn, name: 'retry_at', nullable: true })
  retryAt!: Instant | null;
}
