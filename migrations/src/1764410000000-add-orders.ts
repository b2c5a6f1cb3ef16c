import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * breaking: no · phase: expand · contract step: none
 *
 * What people told a release, and releases that wait for their service: those do not count as the
 * one that runs. A process of the version before does not know their phase, and refuses to read
 * them; it goes on with every other release.
 */
export class AddOrders1764410000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table releases add column orders jsonb`);
    await runner.query(`drop index releases_one_running_idx`);
    await runner.query(
      `create unique index releases_one_running_idx on releases (service)
         where phase not in ('queued', 'succeeded', 'rolledBack', 'cancelled', 'superseded')`,
    );
    await runner.query(
      `create index releases_queued_idx on releases (service, created_at, id)
         where phase = 'queued'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index releases_queued_idx`);
    await runner.query(`drop index releases_one_running_idx`);
    await runner.query(
      `create unique index releases_one_running_idx on releases (service)
         where phase not in ('succeeded', 'rolledBack', 'cancelled')`,
    );
    await runner.query(`alter table releases drop column orders`);
  }
}
