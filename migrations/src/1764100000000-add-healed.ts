import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * breaking: no · phase: expand · contract step: none
 *
 * How often a rollout's routing was changed by others and written again. A process of the
 * version before keeps none, and goes on to write over a tool that does not give in.
 */
export class AddHealed1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table rollouts add column healed jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table rollouts drop column healed`);
  }
}
