import type { Grant } from '@spillway/domain-access';
import type { Instant } from '@spillway/kernel';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';

@Entity('members')
export class MemberRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'members_pkey' })
  name!: string;

  @Index('members_provider_idx')
  @Column(nameColumn)
  provider!: string;

  @Column({ type: 'jsonb' })
  claims!: Record<string, string>;

  @Column({ type: 'jsonb' })
  grants!: Grant[];

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;

  @Column({ ...instantColumn, name: 'updated_at' })
  updatedAt!: Instant;
}
