import type { FreezeScope, FreezeTimes } from '@spillway/domain-freeze';
import type { Instant } from '@spillway/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';

@Entity('freeze_windows')
export class FreezeWindowRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'freeze_windows_pkey' })
  name!: string;

  @Column({ type: 'jsonb' })
  times!: FreezeTimes;

  @Column({ type: 'jsonb' })
  scope!: FreezeScope;

  @Column({ type: 'text' })
  because!: string;

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;

  @Column({ ...instantColumn, name: 'updated_at' })
  updatedAt!: Instant;
}
