import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * breaking: no · phase: expand · contract step: none
 *
 * Who can be asked what a cluster's proxies have, and what they and counted requests
 * have shown of a rollout. A process of the version before writes neither. The proof that
 * it leaves beside another routing says of which read-back it is, so nobody takes it for more.
 */
export class AddProof1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table clusters add column proxies jsonb;
      alter table rollouts add column proof jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table rollouts drop column proof;
      alter table clusters drop column proxies`);
  }
}
