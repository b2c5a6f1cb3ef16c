import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * breaking: no · phase: expand · contract step: none
 *
 * An unsettled rollout means from now on that its release still has to write there, whether or not
 * it is the service's latest. Those that a later release took over were left unsettled and would
 * bring an old routing back. A process of the version before leaves such rows again, but writes
 * for the latest release alone; the next release of the service settles them.
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
