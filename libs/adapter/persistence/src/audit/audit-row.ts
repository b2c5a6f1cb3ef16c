import type { Door } from '@spillway/application';
import type { Instant } from '@spillway/kernel';
import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';

/** Append-only: a trigger refuses everything but the one update that gives a row its place. */
@Entity('audit_records')
@Check('audit_records_place_check', '(position is null) = (hash is null)')
@Index('audit_records_open_idx', ['id'], { where: '("position" is null)' })
export class AuditRow {
  @PrimaryGeneratedColumn({
    type: 'bigint',
    primaryKeyConstraintName: 'audit_records_pkey',
  })
  id!: string;

  @Column(instantColumn)
  at!: Instant;

  @Index('audit_records_actor_idx')
  @Column(nameColumn)
  actor!: string;

  @Column({ type: 'text' })
  via!: Door;

  @Column({ type: 'text', name: 'request_id' })
  requestId!: string;

  @Column({ type: 'text', nullable: true })
  address!: string | null;

  @Column(nameColumn)
  operation!: string;

  @Index('audit_records_subject_idx')
  @Column(nameColumn)
  subject!: string;

  @Column({ type: 'text', nullable: true })
  before!: string | null;

  @Column({ type: 'text', nullable: true })
  after!: string | null;

  /** In the chain, from 1. Absent until it is chained. */
  @Index('audit_records_position_idx', { unique: true })
  @Column({ type: 'bigint', nullable: true })
  position!: string | null;

  @Column({ type: 'text', nullable: true })
  hash!: string | null;
}
