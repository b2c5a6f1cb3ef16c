import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * breaking: no · phase: expand · contract step: none
 *
 * What people say of a service beside its host and port, and what a candidate sees
 * beside its weight. A process of the version before writes neither: it leaves
 * the defaults, which mean what it did.
 */
export class AddExposure1763798400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table services add column settings jsonb not null default '{}';
      alter table rollouts add column exposure jsonb, add column drifted text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table rollouts drop column drifted, drop column exposure;
      alter table services drop column settings`);
  }
}
