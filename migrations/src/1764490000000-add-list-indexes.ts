import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a list of releases may be narrowed to, and may be rare: without an index each is looked for in all of history. */
const columns = {
  namespace: `split_part(service, '/', 1)`,
  phase: 'phase',
  candidate: 'candidate',
  strategy: 'strategy',
};

/** breaking: no · phase: expand · contract step: none */
export class AddListIndexes1764490000000 implements MigrationInterface {
  /** A million past releases take seconds, and an abort would wait for them: built beside writes, which no transaction can. */
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, column] of Object.entries(columns)) {
      const index = `releases_${name}_newest_idx`;
      // One whose building was interrupted is there, and of no use.
      await runner.query(`drop index concurrently if exists ${index}`);
      await runner.query(
        `create index concurrently ${index} on releases (${column}, created_at, id)`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(columns)) {
      await runner.query(`drop index releases_${name}_newest_idx`);
    }
  }
}
