import type { Strategy } from '@spillway/domain-release';
import type { Instant } from '@spillway/kernel';
import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';

@Entity('strategies')
@Check('strategies_version_check', 'version > 0')
export class StrategyRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'strategies_pkey' })
  name!: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'strategies_pkey' })
  version!: number;

  @Column({ type: 'jsonb' })
  definition!: Omit<Strategy, 'name' | 'version'>;

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;
}
