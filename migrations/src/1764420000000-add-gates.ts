import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The partial index finds what waits for somebody, which is next to nothing. */
const tables = `
  create table freeze_windows (
    name text collate "C" primary key,
    times jsonb not null,
    scope jsonb not null,
    because text not null,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null
  );
  create table gates (
    service text collate "C" not null,
    gate text collate "C" not null,
    state text not null,
    actor text not null,
    comment text not null,
    at timestamptz(3) not null,
    primary key (service, gate),
    constraint gates_service_fkey foreign key (service) references services (name),
    constraint gates_state_check check (state in ('open', 'closed'))
  );
  alter table releases add column gates jsonb, add column overridden_freezes jsonb;
  create index releases_awaiting_idx on releases (created_at, id)
    where gates ->> 'awaiting' is not null and ended_at is null`;

/**
 * breaking: no · phase: expand · contract step: none
 *
 * A process of the version before does not know the phase awaitingApproval, and stops at a
 * release that is in it: take the new version everywhere before a strategy has a gate.
 */
export class AddGates1764420000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table releases drop column gates, drop column overridden_freezes;
      drop table gates, freeze_windows`);
  }
}
