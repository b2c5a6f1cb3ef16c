import type { Instant } from '@spillway/kernel';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';

@Entity('secrets')
export class SecretRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'secrets_pkey' })
  name!: string;

  @Column({ type: 'text' })
  sealed!: string;

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;

  @Column({ ...instantColumn, name: 'updated_at' })
  updatedAt!: Instant;
}
