import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * breaking: no · phase: expand · contract step: none
 *
 * What hooks were asked and told. A process of the version before calls none: a release that waits
 * for an answer waits until a newer process looks at it.
 */
export class AddHookCalls1764430000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table hook_calls (
        release uuid not null constraint hook_calls_release_fkey references releases (id),
        hook text collate "C" not null,
        ordinal integer not null,
        point text not null,
        slot text not null,
        id uuid not null,
        state text not null,
        status integer,
        detail text not null,
        attempts integer not null,
        times integer not null,
        first_at timestamptz(3) not null,
        at timestamptz(3) not null,
        took_ms integer not null,
        retry_at timestamptz(3),
        constraint hook_calls_pkey primary key (release, hook, ordinal)
      )`);
    await runner.query(
      `create index hook_calls_newest_idx on hook_calls (release, first_at, hook, ordinal)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table hook_calls`);
  }
}
