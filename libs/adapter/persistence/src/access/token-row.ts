import type { Grant } from '@spillway/domain-access';
import type { Instant } from '@spillway/kernel';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';

@Entity('tokens')
export class TokenRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'tokens_pkey' })
  name!: string;

  @Column({ type: 'text' })
  prefix!: string;

  @Column({ type: 'jsonb' })
  grants!: Grant[];

  @Index('tokens_hash_idx', { unique: true })
  @Column({ type: 'text' })
  hash!: string;

  @Index('tokens_previous_hash_idx')
  @Column({ type: 'text', name: 'previous_hash', nullable: true })
  previousHash!: string | null;

  @Column({ type: 'text', name: 'created_by' })
  createdBy!: string;

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;

  @Column({ ...instantColumn, name: 'expires_at', nullable: true })
  expiresAt!: Instant | null;

  @Column({ ...instantColumn, name: 'last_used_at', nullable: true })
  lastUsedAt!: Instant | null;

  @Column({ ...instantColumn, name: 'rotates_until', nullable: true })
  rotatesUntil!: Instant | null;
}
