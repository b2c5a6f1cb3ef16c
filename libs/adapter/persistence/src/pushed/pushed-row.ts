import type { Instant } from '@spillway/kernel';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';

const key = { primaryKeyConstraintName: 'pushed_measurements_pkey' };

/** No foreign keys: a push must not wait for a release that has locked its service. */
@Entity('pushed_measurements')
@Check(
  'pushed_measurements_figure_check',
  '(value is null) = (requests is not null) and (requests is null) = (errors is null)',
)
@Index('pushed_measurements_window_idx', ['metric', 'cluster', 'service', 'at'])
export class PushedRow {
  /** Made for what came in one request. */
  @PrimaryColumn({ type: 'uuid', ...key })
  batch!: string;

  @PrimaryColumn({ type: 'integer', ...key })
  position!: number;

  @Column(nameColumn)
  metric!: string;

  @Column(nameColumn)
  cluster!: string;

  @Column(nameColumn)
  service!: string;

  @Column(nameColumn)
  version!: string;

  @Index('pushed_measurements_at_idx')
  @Column(instantColumn)
  at!: Instant;

  @Column({ type: 'double precision', nullable: true })
  value!: number | null;

  @Column({ type: 'integer', nullable: true })
  requests!: number | null;

  @Column({ type: 'integer', nullable: true })
  errors!: number | null;
}
