import type { RuleOwner } from '@spillway/application';
import type { RuleMatch, RuleRelease } from '@spillway/domain-rule';
import type { Instant } from '@spillway/kernel';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';
import { WebhookRow } from './webhook-rows.js';

@Entity('rules')
export class RuleRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'rules_pkey' })
  name!: string;

  /** Of `match`, for the foreign key. */
  @Index('rules_webhook_idx')
  @ForeignKey(() => WebhookRow, { name: 'rules_webhook_fkey' })
  @Column(nameColumn)
  webhook!: string;

  @Column({ type: 'integer' })
  priority!: number;

  @Column({ type: 'jsonb' })
  match!: RuleMatch;

  @Column({ type: 'jsonb' })
  release!: RuleRelease;

  @Column({ type: 'jsonb' })
  owner!: RuleOwner;

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;

  @Column({ ...instantColumn, name: 'updated_at' })
  updatedAt!: Instant;
}
