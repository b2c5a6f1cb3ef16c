import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * breaking: no · phase: expand · contract step: none
 *
 * Which transaction wrote an event, so that the events of all releases have an order that a reader
 * may rely on: those of a transaction are read only when none with a lower number can commit any
 * more. A process of the version before fills it by the default; older events come before all.
 */
export class AddFeedPosition1764470000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table events add column xact bigint not null default 0`);
    await runner.query(
      `alter table events alter column xact set default ((pg_current_xact_id())::text)::bigint`,
    );
    await runner.query(`create index events_feed_idx on events (xact, release, sequence)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index events_feed_idx`);
    await runner.query(`alter table events drop column xact`);
  }
}
