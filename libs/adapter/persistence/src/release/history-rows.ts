import type { ReleaseEvent } from '@spillway/domain-release';
import type { Instant } from '@spillway/kernel';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../instant-column.js';
import { ReleaseRow } from './release-rows.js';

/** Append-only: a trigger refuses everything else. */
@Entity('events')
@Check('events_sequence_check', 'sequence > 0')
@Index('events_feed_idx', ['xact', 'release', 'sequence'])
export class EventRow {
  @ForeignKey(() => ReleaseRow, { name: 'events_release_fkey' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'events_pkey' })
  release!: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'events_pkey' })
  sequence!: number;

  /** Also in `event`; for people who look with SQL. */
  @Column({ type: 'text' })
  type!: ReleaseEvent['type'];

  @Column({ type: 'jsonb' })
  event!: ReleaseEvent;

  @Column({ type: 'text' })
  hash!: string;

  /** The transaction that wrote it; filled by the database. Orders the events of all releases. */
  @Column({
    type: 'bigint',
    // As TypeORM reads the default back, which is cast to text and then to bigint.
    default: () => '((pg_current_xact_id()))',
    insert: false,
    select: false,
  })
  xact?: string;
}

/** Derived from the events, for reports; nothing is decided by it. */
@Entity('steps')
@Check('steps_outcome_check', `outcome in ('completed', 'interrupted')`)
@Check('steps_finished_check', '(outcome is null) = (finished_at is null)')
export class StepRow {
  @ForeignKey(() => ReleaseRow, { name: 'steps_release_fkey' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'steps_pkey' })
  release!: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'steps_pkey' })
  index!: number;

  @Column({ ...instantColumn, name: 'started_at' })
  startedAt!: Instant;

  @Column({ ...instantColumn, name: 'finished_at', nullable: true })
  finishedAt!: Instant | null;

  /** `interrupted`: the release went on without its end, to promotion or back. */
  @Column({ type: 'text', nullable: true })
  outcome!: 'completed' | 'interrupted' | null;
}
