import type { OutgoingState } from '@spillway/application';
import type { Notice } from '@spillway/domain-notification';
import type { Instant } from '@spillway/kernel';
import {
  Check,
  Column,
  Entity,
  ForeignKey,
  Index,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';
import { NotificationRow } from './notification-rows.js';

/** `position` is the order in which they were added. */
@Entity('outgoing_deliveries')
@Check('outgoing_deliveries_state_check', `state in ('pending', 'delivered', 'dead')`)
@Index('outgoing_deliveries_event_idx', ['endpoint', 'release', 'sequence'], {
  unique: true,
  where: 'sequence > 0',
})
@Index('outgoing_deliveries_pending_idx', ['endpoint', 'release', 'position'], {
  where: `state = 'pending'`,
})
@Index('outgoing_deliveries_endpoint_idx', ['endpoint', 'position'])
@Index('outgoing_deliveries_release_idx', ['release', 'position'])
@Index('outgoing_deliveries_dead_idx', ['position'], { where: `state = 'dead'` })
@Index('outgoing_deliveries_ended_idx', ['dueAt'], { where: `state <> 'pending'` })
export class OutgoingDeliveryRow {
  @PrimaryGeneratedColumn({
    type: 'bigint',
    primaryKeyConstraintName: 'outgoing_deliveries_pkey',
  })
  position!: string;

  @Index('outgoing_deliveries_id_idx', { unique: true })
  @Column({ type: 'uuid' })
  id!: string;

  @ForeignKey(() => NotificationRow, { name: 'outgoing_deliveries_endpoint_fkey' })
  @Column(nameColumn)
  endpoint!: string;

  @Column({ type: 'uuid' })
  release!: string;

  @Column({ type: 'integer' })
  sequence!: number;

  @Column({ type: 'jsonb' })
  notice!: Notice;

  @Column({ type: 'text' })
  state!: OutgoingState;

  @Column({ type: 'integer' })
  tries!: number;

  @Column({ ...instantColumn, name: 'queued_at' })
  queuedAt!: Instant;

  @Column({ ...instantColumn, name: 'due_at' })
  dueAt!: Instant;

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;
}

@Entity('outgoing_attempts')
export class OutgoingAttemptRow {
  @ForeignKey(() => OutgoingDeliveryRow, 'id', {
    name: 'outgoing_attempts_delivery_fkey',
    onDelete: 'CASCADE',
  })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'outgoing_attempts_pkey' })
  delivery!: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'outgoing_attempts_pkey' })
  number!: number;

  @Column(instantColumn)
  at!: Instant;

  @Column({ type: 'integer', name: 'took_ms' })
  tookMs!: number;

  @Column({ type: 'integer', nullable: true })
  status!: number | null;

  @Column({ type: 'text', nullable: true })
  because!: string | null;
}
