import type { Instant } from '@spillway/kernel';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';

@Entity('idempotency_keys')
export class IdempotencyRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'idempotency_keys_pkey' })
  key!: string;

  @Column({ type: 'text' })
  fingerprint!: string;

  @Column({ type: 'text' })
  subject!: string;

  @Index('idempotency_keys_created_idx')
  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;
}
