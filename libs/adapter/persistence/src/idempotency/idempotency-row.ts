import type { Instant } from '@spillway/kernel';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';

@Entity('idempotency_keys')
export class IdempotencyRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'idempotency_keys_pkey' })
  key!: string;

  /** Sealed: of a request that brings a short secret, a plain digest would tell which it is. */
  @Column({ type: 'text' })
  fingerprint!: string;

  /** Sealed. Absent where a process of an earlier version put it. */
  @Column({ type: 'text', nullable: true })
  answer!: string | null;

  /** Of that earlier version; nothing reads it. */
  @Column({ type: 'text', default: '' })
  subject!: string;

  @Index('idempotency_keys_created_idx')
  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;
}
