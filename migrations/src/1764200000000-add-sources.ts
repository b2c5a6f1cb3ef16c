import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A source holds the names of its secrets; the foreign key keeps a secret that is needed. */
const sources = `
  create table secrets (
    name text collate "C" primary key,
    sealed text not null,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null
  );
  create table sources (
    name text collate "C" primary key,
    connection jsonb not null,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null
  );
  create table source_secrets (
    source text collate "C" not null,
    secret text collate "C" not null,
    primary key (source, secret),
    constraint source_secrets_source_fkey foreign key (source) references sources (name),
    constraint source_secrets_secret_fkey foreign key (secret) references secrets (name)
  );
  create index source_secrets_secret_idx on source_secrets (secret)`;

/** The first index answers what a metric asks; the second finds what is older than a day. */
const pushed = `
  create table pushed_measurements (
    batch uuid not null,
    position integer not null,
    metric text collate "C" not null,
    cluster text collate "C" not null,
    service text collate "C" not null,
    version text collate "C" not null,
    at timestamptz(3) not null,
    value double precision,
    requests integer,
    errors integer,
    primary key (batch, position),
    constraint pushed_measurements_figure_check check (
      (value is null) = (requests is not null) and (requests is null) = (errors is null))
  );
  create index pushed_measurements_window_idx
    on pushed_measurements (metric, cluster, service, at);
  create index pushed_measurements_at_idx on pushed_measurements (at)`;

/** breaking: no · phase: expand · contract step: none */
export class AddSources1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(sources);
    await runner.query(pushed);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table pushed_measurements, source_secrets, sources, secrets');
  }
}
