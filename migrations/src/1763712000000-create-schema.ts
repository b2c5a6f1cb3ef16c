import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people describe. Names sort by code units ("C"), as they do in the process. */
const described = `
  create table clusters (
    name text collate "C" primary key,
    labels jsonb not null,
    connection jsonb not null,
    metrics jsonb not null,
    last_state jsonb,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null
  );

  create table strategies (
    name text collate "C" not null,
    version integer not null,
    definition jsonb not null,
    created_at timestamptz(3) not null,
    primary key (name, version),
    constraint strategies_version_check check (version > 0)
  );

  create table services (
    name text collate "C" primary key,
    host text not null,
    port integer not null,
    version_label text not null,
    stable text not null,
    generation integer not null,
    latest_release uuid,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    constraint services_port_check check (port between 1 and 65535),
    constraint services_generation_check check (generation >= 0)
  );

  create table service_clusters (
    service text collate "C" not null,
    cluster text collate "C" not null,
    position integer not null,
    primary key (service, cluster),
    constraint service_clusters_service_fkey foreign key (service) references services (name),
    constraint service_clusters_cluster_fkey foreign key (cluster) references clusters (name)
  );
  create index service_clusters_cluster_idx on service_clusters (cluster)`;

/**
 * Releases and what belongs to them. Clusters are named without a foreign key:
 * a cluster may go when no service is in it, and its past releases stay.
 */
const released = `
  create table releases (
    id uuid primary key,
    service text collate "C" not null,
    stable text not null,
    candidate text not null,
    strategy text collate "C" not null,
    strategy_version integer not null,
    plan jsonb not null,
    requested_by text not null,
    description text not null,
    phase text not null,
    held jsonb,
    paused jsonb,
    because text not null,
    step_index integer not null,
    step_started boolean not null,
    step_entered_at timestamptz(3) not null,
    generation integer not null,
    revision integer not null,
    head_hash text not null,
    created_at timestamptz(3) not null,
    changed_at timestamptz(3) not null,
    ended_at timestamptz(3),
    constraint releases_service_fkey foreign key (service) references services (name),
    constraint releases_strategy_fkey foreign key (strategy, strategy_version)
      references strategies (name, version),
    constraint releases_revision_check check (revision > 0),
    constraint releases_generation_check check (generation >= 0)
  );
  create unique index releases_one_running_idx on releases (service)
    where phase not in ('succeeded', 'rolledBack', 'cancelled');
  create index releases_newest_idx on releases (created_at, id);
  create index releases_service_newest_idx on releases (service, created_at, id);
  create index releases_changed_idx on releases (changed_at);
  alter table services add constraint services_latest_release_fkey
    foreign key (latest_release) references releases (id) deferrable initially deferred;

  create table rollouts (
    release uuid not null,
    cluster text collate "C" not null,
    position integer not null,
    wave integer not null,
    desired_generation integer not null,
    desired_weight integer not null,
    applied_generation integer,
    applied_at timestamptz(3),
    refused text,
    settled boolean not null,
    primary key (release, cluster),
    constraint rollouts_release_fkey foreign key (release) references releases (id),
    constraint rollouts_desired_weight_check check (desired_weight between 0 and 10000),
    constraint rollouts_applied_check check ((applied_generation is null) = (applied_at is null))
  );
  create index rollouts_unsettled_idx on rollouts (cluster) where not settled;

  create table steps (
    release uuid not null,
    index integer not null,
    started_at timestamptz(3) not null,
    finished_at timestamptz(3),
    outcome text,
    primary key (release, index),
    constraint steps_release_fkey foreign key (release) references releases (id),
    constraint steps_outcome_check check (outcome in ('completed', 'interrupted')),
    constraint steps_finished_check check ((outcome is null) = (finished_at is null))
  );

  create table measurements (
    release uuid not null,
    step integer not null,
    metric text collate "C" not null,
    cluster text collate "C" not null,
    ordinal integer not null,
    window_from timestamptz(3) not null,
    window_to timestamptz(3) not null,
    reading jsonb not null,
    primary key (release, step, metric, cluster, ordinal),
    constraint measurements_release_fkey foreign key (release) references releases (id)
  )`;

/** The trigger makes history a promise of the database, not of the code that writes it. */
const recorded = `
  create table events (
    release uuid not null,
    sequence integer not null,
    type text not null,
    event jsonb not null,
    hash text not null,
    primary key (release, sequence),
    constraint events_release_fkey foreign key (release) references releases (id),
    constraint events_sequence_check check (sequence > 0)
  );
  create function refuse_change_of_events() returns trigger language plpgsql as $$
    begin
      raise exception 'events are append-only: % of them is refused', lower(tg_op)
        using errcode = 'restrict_violation';
    end $$;
  create trigger events_append_only before update or delete or truncate on events
    for each statement execute function refuse_change_of_events();

  create table idempotency_keys (
    key text collate "C" primary key,
    fingerprint text not null,
    subject text not null,
    created_at timestamptz(3) not null
  );
  create index idempotency_keys_created_idx on idempotency_keys (created_at)`;

/** breaking: no · phase: expand · contract step: none */
export class CreateSchema1763712000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [described, released, recorded]) await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table services drop constraint services_latest_release_fkey;
      drop table idempotency_keys, events, measurements, steps, rollouts, releases,
        service_clusters, services, strategies, clusters;
      drop function refuse_change_of_events`);
  }
}
