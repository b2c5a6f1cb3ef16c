import type { GateState } from '@spillway/domain-release';
import type { Instant } from '@spillway/kernel';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { instantColumn, nameColumn } from '../instant-column.js';
import { ServiceRow } from '../service/service-rows.js';

@Entity('gates')
@Check('gates_state_check', `state in ('open', 'closed')`)
export class GateRow {
  @ForeignKey(() => ServiceRow, { name: 'gates_service_fkey' })
  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'gates_pkey' })
  service!: string;

  @PrimaryColumn({ ...nameColumn, primaryKeyConstraintName: 'gates_pkey' })
  gate!: string;

  @Column({ type: 'text' })
  state!: GateState;

  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'text' })
  comment!: string;

  @Column(instantColumn)
  at!: Instant;
}
