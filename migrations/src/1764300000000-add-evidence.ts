import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * breaking: no · phase: expand · contract step: none
 *
 * What was concluded at each look, and what a release's comparisons have shown in the steps that
 * are over. A process of the version before stores neither: its looks have no verdict, and a
 * release that it takes through a step starts its evidence anew.
 */
export class AddEvidence1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table releases add column shown jsonb`);
    await runner.query(`alter table measurements add column query text, add column verdict jsonb`);
    await runner.query(
      `create index measurements_newest_idx
         on measurements (release, window_to, metric, cluster, step, ordinal)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index measurements_newest_idx`);
    await runner.query(`alter table measurements drop column query, drop column verdict`);
    await runner.query(`alter table releases drop column shown`);
  }
}
