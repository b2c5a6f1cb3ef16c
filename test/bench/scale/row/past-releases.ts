/** Copies of a release, $1 of them: one every half minute back in time, of so many services ($2). */
export const copyReleases = `
  insert into releases (id, service, stable, candidate, strategy, strategy_version, plan,
    requested_by, description, phase, because, step_index, step_started, step_entered_at,
    generation, revision, head_hash, created_at, changed_at, ended_at)
  select gen_random_uuid(), 'past-' || n % 50 || '/svc-' || n % $2::int, stable,
    'v' || n % 1000, strategy, strategy_version, plan, requested_by, description, phase,
    because, step_index, step_started, step_entered_at, generation, revision, head_hash,
    past.moment, past.moment, past.moment
  from releases, generate_series(1, $1::int) n,
    lateral (select date_trunc('milliseconds', now() - n * interval '30 seconds') as moment) past
  where releases.id = $3::uuid`;

/** What each of the copies has beside its row; the fields of a rollout and of an event are the model's. */
export const copyParts = [
  `insert into rollouts
     select (jsonb_populate_record(part, jsonb_build_object('release', copy.id))).*
     from rollouts part, releases copy where part.release = $1::uuid and copy.id <> $1::uuid`,
  `insert into events
     select (jsonb_populate_record(part, jsonb_build_object('release', copy.id))).*
     from events part, releases copy
     where part.release = $1::uuid and copy.id <> $1::uuid and part.sequence <= 2`,
];

export const copyServices = `
  insert into services (name, host, port, version_label, settings, stable, generation,
    created_at, updated_at)
  select 'past-' || n % 50 || '/svc-' || n % $1::int, 'svc-' || n, 80, 'version', '{}', 'v1', 1,
    now(), now()
  from generate_series(1, $1::int * 50) n
  on conflict do nothing`;

/** Bytes of all rows that belong to a release, as they are stored. */
export const bytesOfRelease = `
  select 'releases' as "table", count(*)::int as rows, sum(pg_column_size(part.*))::int as bytes
    from releases part where part.id = $1::uuid
  union all select 'rollouts', count(*)::int, sum(pg_column_size(part.*))::int
    from rollouts part where part.release = $1::uuid
  union all select 'steps', count(*)::int, sum(pg_column_size(part.*))::int
    from steps part where part.release = $1::uuid
  union all select 'events', count(*)::int, sum(pg_column_size(part.*))::int
    from events part where part.release = $1::uuid
  union all select 'measurements', count(*)::int, sum(pg_column_size(part.*))::int
    from measurements part where part.release = $1::uuid`;
