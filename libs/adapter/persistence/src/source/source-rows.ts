import type { SourceConnection } from '@spillway/application';
import type { Instant } from '@spillway/kernel';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';
import { SecretRow } from '../secret/secret-row.js';

/** Nothing in it is secret: the connection names secrets, and does not hold them. */
@Entity('sources')
export class SourceRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'sources_pkey' })
  name!: string;

  @Column({ type: 'jsonb' })
  connection!: SourceConnection;

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;

  @Column({ ...instantColumn, name: 'updated_at' })
  updatedAt!: Instant;
}

/** A secret that a source refers to: with this, it cannot be removed at the moment at which the source is put. */
@Entity('source_secrets')
export class SourceSecretRow {
  @ForeignKey(() => SourceRow, { name: 'source_secrets_source_fkey' })
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'source_secrets_pkey' })
  source!: string;

  @Index('source_secrets_secret_idx')
  @ForeignKey(() => SecretRow, { name: 'source_secrets_secret_fkey' })
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'source_secrets_pkey' })
  secret!: string;
}
