import type { ReceivedOutcome } from '@spillway/application';
import type { Trigger } from '@spillway/domain-rule';
import type { Instant } from '@spillway/kernel';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';
import { WebhookRow } from './webhook-rows.js';

@Entity('received_deliveries')
@Index('received_deliveries_key_idx', ['webhook', 'key'], { unique: true })
@Index('received_deliveries_fingerprint_idx', ['webhook', 'fingerprint'], { unique: true })
@Index('received_deliveries_newest_idx', ['receivedAt', 'id'])
@Index('received_deliveries_webhook_newest_idx', ['webhook', 'receivedAt', 'id'])
export class ReceivedRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'received_deliveries_pkey' })
  id!: string;

  @ForeignKey(() => WebhookRow, { name: 'received_deliveries_webhook_fkey' })
  @Column(nameColumn)
  webhook!: string;

  @Column({ ...nameColumn, nullable: true })
  key!: string | null;

  @Column({ ...nameColumn, nullable: true })
  fingerprint!: string | null;

  @Column({ type: 'text' })
  event!: string;

  @Column({ type: 'jsonb', nullable: true })
  trigger!: Trigger | null;

  /** Of `outcome`, to list by. */
  @Column({ type: 'text' })
  state!: string;

  @Column({ type: 'jsonb' })
  outcome!: ReceivedOutcome;

  @Column({ ...instantColumn, name: 'received_at' })
  receivedAt!: Instant;

  @Column({ ...instantColumn, name: 'settled_at', nullable: true })
  settledAt!: Instant | null;
}
