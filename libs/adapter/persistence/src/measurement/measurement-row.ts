import type { Reading, Verdict } from '@spillway/domain-analysis';
import type { Instant } from '@spillway/kernel';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';

const key = { primaryKeyConstraintName: 'measurements_pkey' };

@Entity('measurements')
@Index('measurements_newest_idx', ['release', 'to', 'metric', 'cluster', 'step', 'ordinal'])
export class MeasurementRow {
  @ForeignKey('releases', { name: 'measurements_release_fkey' })
  @PrimaryColumn({ type: 'uuid', ...key })
  release!: string;

  @PrimaryColumn({ type: 'integer', ...key })
  step!: number;

  @PrimaryColumn({ ...nameColumn, ...key })
  metric!: string;

  @PrimaryColumn({ ...nameColumn, ...key })
  cluster!: string;

  @PrimaryColumn({ type: 'integer', ...key })
  ordinal!: number;

  @Column({ ...instantColumn, name: 'window_from' })
  from!: Instant;

  @Column({ ...instantColumn, name: 'window_to' })
  to!: Instant;

  @Column({ type: 'jsonb' })
  reading!: Reading;

  /** What was asked; rows of the version before have none. */
  @Column({ type: 'text', nullable: true })
  query!: string | null;

  /** What was concluded at this look; loops read readings alone. */
  @Column({ type: 'jsonb', nullable: true, select: false })
  verdict!: Verdict | null;
}
