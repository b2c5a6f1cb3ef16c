import type { WebhookMapping } from '@spillway/application';
import type { Instant } from '@spillway/kernel';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';
import { SecretRow } from '../secret/secret-row.js';

@Entity('webhooks')
export class WebhookRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'webhooks_pkey' })
  name!: string;

  @Column({ type: 'text' })
  provider!: string;

  @Column({ type: 'jsonb', nullable: true })
  mapping!: WebhookMapping | null;

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;

  @Column({ ...instantColumn, name: 'updated_at' })
  updatedAt!: Instant;
}

/** A secret that a webhook refers to: with this, it cannot be removed at the moment at which the webhook is put. */
@Entity('webhook_secrets')
export class WebhookSecretRow {
  @ForeignKey(() => WebhookRow, { name: 'webhook_secrets_webhook_fkey' })
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'webhook_secrets_pkey' })
  webhook!: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'webhook_secrets_pkey' })
  position!: number;

  @Index('webhook_secrets_secret_idx')
  @ForeignKey(() => SecretRow, { name: 'webhook_secrets_secret_fkey' })
  @Column(nameColumn)
  secret!: string;
}
