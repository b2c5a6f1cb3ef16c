import type { Channel, NoticeFilter } from '@spillway/domain-notification';
import type { Instant } from '@spillway/kernel';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';
import { SecretRow } from '../secret/secret-row.js';

/** Nothing in it is secret: the channel names secrets, and does not hold them. */
@Entity('notification_endpoints')
export class NotificationRow {
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'notification_endpoints_pkey' })
  name!: string;

  @Column({ type: 'jsonb' })
  channel!: Channel;

  @Column({ type: 'jsonb' })
  filter!: NoticeFilter;

  @Column(instantColumn)
  since!: Instant;

  /** That were its own, since the last delivery that it took. */
  @Column({ type: 'integer' })
  failures!: number;

  @Column({ ...instantColumn, name: 'rests_until', nullable: true })
  restsUntil!: Instant | null;

  @Column({ ...instantColumn, name: 'created_at' })
  createdAt!: Instant;

  @Column({ ...instantColumn, name: 'updated_at' })
  updatedAt!: Instant;
}

/** A secret that an endpoint refers to: with this, it cannot be removed at the moment at which the endpoint is put. */
@Entity('notification_secrets')
export class NotificationSecretRow {
  @ForeignKey(() => NotificationRow, { name: 'notification_secrets_endpoint_fkey' })
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'notification_secrets_pkey' })
  endpoint!: string;

  @Index('notification_secrets_secret_idx')
  @ForeignKey(() => SecretRow, { name: 'notification_secrets_secret_fkey' })
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'notification_secrets_pkey' })
  secret!: string;
}

/** How far the history of a release has been made deliveries of. */
@Entity('noticed_releases')
export class NoticedReleaseRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'noticed_releases_pkey' })
  release!: string;

  @Column({ type: 'integer' })
  sequence!: number;
}
