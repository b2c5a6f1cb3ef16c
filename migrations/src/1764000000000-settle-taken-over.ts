import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * breaking: no · phase: expand · contract step: none
 *
 * Tidies up: rollouts that a later release took over were left unsettled, and are looked at whenever
 * their cluster comes back. A process of the version before leaves such rows again; they are passed
 * over, and settled by the next release of the service.
 */
export class SettleTakenOver1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update rollouts earlier set settled = true
      from releases its
      where its.id = earlier.release and not earlier.settled and exists (
        select from rollouts later join releases of on of.id = later.release
        where of.service = its.service and later.cluster = earlier.cluster
          and later.desired_generation > earlier.desired_generation)`);
  }

  /** Nothing to undo: for the version before, what was taken over is nobody's business either way. */
  async down(): Promise<void> {}
}
