table audit_records
  id bigint not null
  at timestamp(3) with time zone not null
  actor text collate "C" not null
  via text not null
  request_id text not null
  address text
  operation text collate "C" not null
  subject text collate "C" not null
  before text
  after text
  position bigint
  hash text
  constraint audit_records_pkey PRIMARY KEY (id)
  constraint audit_records_place_check CHECK ((("position" IS NULL) = (hash IS NULL)))
  CREATE INDEX audit_records_actor_idx ON public.audit_records USING btree (actor)
  CREATE INDEX audit_records_open_idx ON public.audit_records USING btree (id) WHERE ("position" IS NULL)
  CREATE INDEX audit_records_subject_idx ON public.audit_records USING btree (subject)
  CREATE UNIQUE INDEX audit_records_position_idx ON public.audit_records USING btree ("position")
  CREATE TRIGGER audit_records_append_only BEFORE DELETE OR UPDATE ON public.audit_records FOR EACH ROW EXECUTE FUNCTION audit_records_are_append_only()
  CREATE TRIGGER audit_records_no_truncate BEFORE TRUNCATE ON public.audit_records FOR EACH STATEMENT EXECUTE FUNCTION audit_records_are_append_only()

table clusters
  name text collate "C" not null
  labels jsonb not null
  connection jsonb not null
  metrics jsonb not null
  last_state jsonb
  created_at timestamp(3) with time zone not null
  updated_at timestamp(3) with time zone not null
  proxies jsonb
  constraint clusters_pkey PRIMARY KEY (name)

table egress_policies
  namespace text collate "C" not null
  mode text not null
  allow jsonb not null
  generation integer not null
  changed_by text not null
  because text not null
  accepted text
  created_at timestamp(3) with time zone not null
  updated_at timestamp(3) with time zone not null
  constraint egress_policies_generation_check CHECK ((generation > 0))
  constraint egress_policies_mode_check CHECK ((mode = ANY (ARRAY['observe'::text, 'enforce'::text])))
  constraint egress_policies_pkey PRIMARY KEY (namespace)

table egress_rollouts
  namespace text collate "C" not null
  cluster text collate "C" not null
  position integer not null
  mode text not null
  applied_generation integer
  applied_at timestamp(3) with time zone
  because text
  constraint egress_rollouts_cluster_fkey FOREIGN KEY (cluster) REFERENCES clusters(name)
  constraint egress_rollouts_mode_check CHECK ((mode = ANY (ARRAY['off'::text, 'observe'::text, 'enforce'::text])))
  constraint egress_rollouts_namespace_fkey FOREIGN KEY (namespace) REFERENCES egress_policies(namespace)
  constraint egress_rollouts_pkey PRIMARY KEY (namespace, cluster)
  CREATE INDEX egress_rollouts_cluster_idx ON public.egress_rollouts USING btree (cluster)

table events
  release uuid not null
  sequence integer not null
  type text not null
  event jsonb not null
  hash text not null
  xact bigint not null default ((pg_current_xact_id())::text)::bigint
  constraint events_pkey PRIMARY KEY (release, sequence)
  constraint events_release_fkey FOREIGN KEY (release) REFERENCES releases(id)
  constraint events_sequence_check CHECK ((sequence > 0))
  CREATE INDEX events_feed_idx ON public.events USING btree (xact, release, sequence)
  CREATE TRIGGER events_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_events()

table freeze_windows
  name text collate "C" not null
  times jsonb not null
  scope jsonb not null
  because text not null
  created_at timestamp(3) with time zone not null
  updated_at timestamp(3) with time zone not null
  constraint freeze_windows_pkey PRIMARY KEY (name)

table gates
  service text collate "C" not null
  gate text collate "C" not null
  state text not null
  actor text not null
  comment text not null
  at timestamp(3) with time zone not null
  constraint gates_pkey PRIMARY KEY (service, gate)
  constraint gates_service_fkey FOREIGN KEY (service) REFERENCES services(name)
  constraint gates_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))

table hook_calls
  release uuid not null
  hook text collate "C" not null
  ordinal integer not null
  point text not null
  slot text not null
  id uuid not null
  state text not null
  status integer
  detail text not null
  attempts integer not null
  times integer not null
  first_at timestamp(3) with time zone not null
  at timestamp(3) with time zone not null
  took_ms integer not null
  retry_at timestamp(3) with time zone
  constraint hook_calls_pkey PRIMARY KEY (release, hook, ordinal)
  constraint hook_calls_release_fkey FOREIGN KEY (release) REFERENCES releases(id)
  CREATE INDEX hook_calls_newest_idx ON public.hook_calls USING btree (release, first_at, hook, ordinal)

table idempotency_keys
  key text collate "C" not null
  fingerprint text not null
  subject text not null default ''::text
  created_at timestamp(3) with time zone not null
  answer text
  constraint idempotency_keys_pkey PRIMARY KEY (key)
  CREATE INDEX idempotency_keys_created_idx ON public.idempotency_keys USING btree (created_at)

table measurements
  release uuid not null
  step integer not null
  metric text collate "C" not null
  cluster text collate "C" not null
  ordinal integer not null
  window_from timestamp(3) with time zone not null
  window_to timestamp(3) with time zone not null
  reading jsonb not null
  query text
  verdict jsonb
  constraint measurements_pkey PRIMARY KEY (release, step, metric, cluster, ordinal)
  constraint measurements_release_fkey FOREIGN KEY (release) REFERENCES releases(id)
  CREATE INDEX measurements_newest_idx ON public.measurements USING btree (release, window_to, metric, cluster, step, ordinal)

table members
  name text collate "C" not null
  provider text collate "C" not null
  claims jsonb not null
  grants jsonb not null
  created_at timestamp(3) with time zone not null
  updated_at timestamp(3) with time zone not null
  constraint members_pkey PRIMARY KEY (name)
  CREATE INDEX members_provider_idx ON public.members USING btree (provider)

table noticed_releases
  release uuid not null
  sequence integer not null
  constraint noticed_releases_pkey PRIMARY KEY (release)

table notification_endpoints
  name text collate "C" not null
  channel jsonb not null
  filter jsonb not null
  since timestamp(3) with time zone not null
  failures integer not null
  rests_until timestamp(3) with time zone
  created_at timestamp(3) with time zone not null
  updated_at timestamp(3) with time zone not null
  constraint notification_endpoints_pkey PRIMARY KEY (name)

table notification_secrets
  endpoint text collate "C" not null
  secret text collate "C" not null
  constraint notification_secrets_endpoint_fkey FOREIGN KEY (endpoint) REFERENCES notification_endpoints(name)
  constraint notification_secrets_pkey PRIMARY KEY (endpoint, secret)
  constraint notification_secrets_secret_fkey FOREIGN KEY (secret) REFERENCES secrets(name)
  CREATE INDEX notification_secrets_secret_idx ON public.notification_secrets USING btree (secret)

table outgoing_attempts
  delivery uuid not null
  number integer not null
  at timestamp(3) with time zone not null
  took_ms integer not null
  status integer
  because text
  constraint outgoing_attempts_delivery_fkey FOREIGN KEY (delivery) REFERENCES outgoing_deliveries(id) ON DELETE CASCADE
  constraint outgoing_attempts_pkey PRIMARY KEY (delivery, number)

table outgoing_deliveries
  position bigint not null
  id uuid not null
  endpoint text collate "C" not null
  release uuid not null
  sequence integer not null
  notice jsonb not null
  state text not null
  tries integer not null
  queued_at timestamp(3) with time zone not null
  due_at timestamp(3) with time zone not null
  created_at timestamp(3) with time zone not null
  constraint outgoing_deliveries_endpoint_fkey FOREIGN KEY (endpoint) REFERENCES notification_endpoints(name)
  constraint outgoing_deliveries_pkey PRIMARY KEY ("position")
  constraint outgoing_deliveries_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'dead'::text])))
  CREATE INDEX outgoing_deliveries_dead_idx ON public.outgoing_deliveries USING btree ("position") WHERE (state = 'dead'::text)
  CREATE INDEX outgoing_deliveries_ended_idx ON public.outgoing_deliveries USING btree (due_at) WHERE (state <> 'pending'::text)
  CREATE INDEX outgoing_deliveries_endpoint_idx ON public.outgoing_deliveries USING btree (endpoint, "position")
  CREATE INDEX outgoing_deliveries_pending_idx ON public.outgoing_deliveries USING btree (endpoint, release, "position") WHERE (state = 'pending'::text)
  CREATE INDEX outgoing_deliveries_release_idx ON public.outgoing_deliveries USING btree (release, "position")
  CREATE UNIQUE INDEX outgoing_deliveries_event_idx ON public.outgoing_deliveries USING btree (endpoint, release, sequence) WHERE (sequence > 0)
  CREATE UNIQUE INDEX outgoing_deliveries_id_idx ON public.outgoing_deliveries USING btree (id)

table pushed_measurements
  batch uuid not null
  position integer not null
  metric text collate "C" not null
  cluster text collate "C" not null
  service text collate "C" not null
  version text collate "C" not null
  at timestamp(3) with time zone not null
  value double precision
  requests integer
  errors integer
  constraint pushed_measurements_figure_check CHECK ((((value IS NULL) = (requests IS NOT NULL)) AND ((requests IS NULL) = (errors IS NULL))))
  constraint pushed_measurements_pkey PRIMARY KEY (batch, "position")
  CREATE INDEX pushed_measurements_at_idx ON public.pushed_measurements USING btree (at)
  CREATE INDEX pushed_measurements_window_idx ON public.pushed_measurements USING btree (metric, cluster, service, at)

table received_deliveries
  id uuid not null
  webhook text collate "C" not null
  key text collate "C"
  fingerprint text collate "C"
  event text not null
  trigger jsonb
  state text not null
  outcome jsonb not null
  received_at timestamp(3) with time zone not null
  settled_at timestamp(3) with time zone
  constraint received_deliveries_pkey PRIMARY KEY (id)
  constraint received_deliveries_webhook_fkey FOREIGN KEY (webhook) REFERENCES webhooks(name)
  CREATE INDEX received_deliveries_newest_idx ON public.received_deliveries USING btree (received_at, id)
  CREATE INDEX received_deliveries_webhook_newest_idx ON public.received_deliveries USING btree (webhook, received_at, id)
  CREATE UNIQUE INDEX received_deliveries_fingerprint_idx ON public.received_deliveries USING btree (webhook, fingerprint)
  CREATE UNIQUE INDEX received_deliveries_key_idx ON public.received_deliveries USING btree (webhook, key)

table releases
  id uuid not null
  service text collate "C" not null
  stable text not null
  candidate text not null
  strategy text collate "C" not null
  strategy_version integer not null
  plan jsonb not null
  requested_by text not null
  description text not null
  phase text not null
  held jsonb
  paused jsonb
  because text not null
  step_index integer not null
  step_started boolean not null
  step_entered_at timestamp(3) with time zone not null
  generation integer not null
  revision integer not null
  head_hash text not null
  created_at timestamp(3) with time zone not null
  changed_at timestamp(3) with time zone not null
  ended_at timestamp(3) with time zone
  shown jsonb
  orders jsonb
  gates jsonb
  overridden_freezes jsonb
  constraint releases_generation_check CHECK ((generation >= 0))
  constraint releases_pkey PRIMARY KEY (id)
  constraint releases_revision_check CHECK ((revision > 0))
  constraint releases_service_fkey FOREIGN KEY (service) REFERENCES services(name)
  constraint releases_strategy_fkey FOREIGN KEY (strategy, strategy_version) REFERENCES strategies(name, version)
  CREATE INDEX releases_awaiting_idx ON public.releases USING btree (created_at, id) WHERE (((gates ->> 'awaiting'::text) IS NOT NULL) AND (ended_at IS NULL))
  CREATE INDEX releases_candidate_newest_idx ON public.releases USING btree (candidate, created_at, id)
  CREATE INDEX releases_changed_idx ON public.releases USING btree (changed_at)
  CREATE INDEX releases_namespace_newest_idx ON public.releases USING btree (split_part(service, '/'::text, 1), created_at, id)
  CREATE INDEX releases_newest_idx ON public.releases USING btree (created_at, id)
  CREATE INDEX releases_phase_newest_idx ON public.releases USING btree (phase, created_at, id)
  CREATE INDEX releases_queued_idx ON public.releases USING btree (service, created_at, id) WHERE (phase = 'queued'::text)
  CREATE INDEX releases_service_newest_idx ON public.releases USING btree (service, created_at, id)
  CREATE INDEX releases_strategy_newest_idx ON public.releases USING btree (strategy, created_at, id)
  CREATE UNIQUE INDEX releases_one_running_idx ON public.releases USING btree (service) WHERE (phase <> ALL (ARRAY['queued'::text, 'succeeded'::text, 'rolledBack'::text, 'cancelled'::text, 'superseded'::text]))

table rollouts
  release uuid not null
  cluster text collate "C" not null
  position integer not null
  wave integer not null
  desired_generation integer not null
  desired_weight integer not null
  applied_generation integer
  applied_at timestamp(3) with time zone
  refused text
  settled boolean not null
  exposure jsonb
  drifted text
  proof jsonb
  healed jsonb
  constraint rollouts_applied_check CHECK (((applied_generation IS NULL) = (applied_at IS NULL)))
  constraint rollouts_desired_weight_check CHECK (((desired_weight >= 0) AND (desired_weight <= 10000)))
  constraint rollouts_pkey PRIMARY KEY (release, cluster)
  constraint rollouts_release_fkey FOREIGN KEY (release) REFERENCES releases(id)
  CREATE INDEX rollouts_unsettled_idx ON public.rollouts USING btree (cluster) WHERE (NOT settled)

table rules
  name text collate "C" not null
  webhook text collate "C" not null
  priority integer not null
  match jsonb not null
  release jsonb not null
  owner jsonb not null
  created_at timestamp(3) with time zone not null
  updated_at timestamp(3) with time zone not null
  constraint rules_pkey PRIMARY KEY (name)
  constraint rules_webhook_fkey FOREIGN KEY (webhook) REFERENCES webhooks(name)
  CREATE INDEX rules_webhook_idx ON public.rules USING btree (webhook)

table secrets
  name text collate "C" not null
  sealed text not null
  created_at timestamp(3) with time zone not null
  updated_at timestamp(3) with time zone not null
  constraint secrets_pkey PRIMARY KEY (name)

table service_clusters
  service text collate "C" not null
  cluster text collate "C" not null
  position integer not null
  constraint service_clusters_cluster_fkey FOREIGN KEY (cluster) REFERENCES clusters(name)
  constraint service_clusters_pkey PRIMARY KEY (service, cluster)
  constraint service_clusters_service_fkey FOREIGN KEY (service) REFERENCES services(name)
  CREATE INDEX service_clusters_cluster_idx ON public.service_clusters USING btree (cluster)

table services
  name text collate "C" not null
  host text not null
  port integer not null
  version_label text not null
  stable text not null
  generation integer not null
  latest_release uuid
  created_at timestamp(3) with time zone not null
  updated_at timestamp(3) with time zone not null
  settings jsonb not null default '{}'::jsonb
  constraint services_generation_check CHECK ((generation >= 0))
  constraint services_latest_release_fkey FOREIGN KEY (latest_release) REFERENCES releases(id) DEFERRABLE INITIALLY DEFERRED
  constraint services_pkey PRIMARY KEY (name)
  constraint services_port_check CHECK (((port >= 1) AND (port <= 65535)))

table source_secrets
  source text collate "C" not null
  secret text collate "C" not null
  constraint source_secrets_pkey PRIMARY KEY (source, secret)
  constraint source_secrets_secret_fkey FOREIGN KEY (secret) REFERENCES secrets(name)
  constraint source_secrets_source_fkey FOREIGN KEY (source) REFERENCES sources(name)
  CREATE INDEX source_secrets_secret_idx ON public.source_secrets USING btree (secret)

table sources
  name text collate "C" not null
  connection jsonb not null
  created_at timestamp(3) with time zone not null
  updated_at timestamp(3) with time zone not null
  constraint sources_pkey PRIMARY KEY (name)

table steps
  release uuid not null
  index integer not null
  started_at timestamp(3) with time zone not null
  finished_at timestamp(3) with time zone
  outcome text
  constraint steps_finished_check CHECK (((outcome IS NULL) = (finished_at IS NULL)))
  constraint steps_outcome_check CHECK ((outcome = ANY (ARRAY['completed'::text, 'interrupted'::text])))
  constraint steps_pkey PRIMARY KEY (release, index)
  constraint steps_release_fkey FOREIGN KEY (release) REFERENCES releases(id)

table strategies
  name text collate "C" not null
  version integer not null
  definition jsonb not null
  created_at timestamp(3) with time zone not null
  constraint strategies_pkey PRIMARY KEY (name, version)
  constraint strategies_version_check CHECK ((version > 0))

table tokens
  name text collate "C" not null
  prefix text not null
  grants jsonb not null
  hash text not null
  previous_hash text
  created_by text not null
  created_at timestamp(3) with time zone not null
  expires_at timestamp(3) with time zone
  last_used_at timestamp(3) with time zone
  rotates_until timestamp(3) with time zone
  constraint tokens_pkey PRIMARY KEY (name)
  CREATE INDEX tokens_previous_hash_idx ON public.tokens USING btree (previous_hash)
  CREATE UNIQUE INDEX tokens_hash_idx ON public.tokens USING btree (hash)

table webhook_secrets
  webhook text collate "C" not null
  position integer not null
  secret text collate "C" not null
  constraint webhook_secrets_pkey PRIMARY KEY (webhook, "position")
  constraint webhook_secrets_secret_fkey FOREIGN KEY (secret) REFERENCES secrets(name)
  constraint webhook_secrets_webhook_fkey FOREIGN KEY (webhook) REFERENCES webhooks(name)
  CREATE INDEX webhook_secrets_secret_idx ON public.webhook_secrets USING btree (secret)

table webhooks
  name text collate "C" not null
  provider text not null
  mapping jsonb
  created_at timestamp(3) with time zone not null
  updated_at timestamp(3) with time zone not null
  constraint webhooks_pkey PRIMARY KEY (name)

CREATE OR REPLACE FUNCTION public.audit_records_are_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    if tg_op = 'UPDATE' and old.position is null and new.position is not null
      and (to_jsonb(old) - 'position' - 'hash') = (to_jsonb(new) - 'position' - 'hash') then
      return new;
    end if;
    raise exception 'audit records are append-only';
  end $function$
;

CREATE OR REPLACE FUNCTION public.put_jobs(wanted jsonb)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
  declare
    keys text[];
    news bigint;
  begin
    select array_agg(one ->> 'key') into keys from jsonb_array_elements(wanted) as one;
    -- Those who queue the same jobs take turns, and in one order, so that none wait in a circle.
    perform pg_advisory_xact_lock(1397774081, turns.turn)
      from (select distinct hashtext(key) as turn from unnest(keys) as key order by 1) as turns;
    -- No worker takes what is waiting before this transaction ends.
    perform from graphile_worker._private_jobs as jobs
      where jobs.key = any (keys) and jobs.locked_at is null for update;
    -- One that runs already does not know of what this transaction did: another one follows it.
    update graphile_worker._private_jobs as jobs
      set key = null, attempts = jobs.max_attempts, updated_at = now()
      where jobs.key = any (keys) and jobs.is_available is not true;
    insert into graphile_worker._private_tasks as tasks (identifier)
      select distinct one ->> 'kind' from jsonb_array_elements(wanted) as one
      where not exists (
        select from graphile_worker._private_tasks as known
        where known.identifier = one ->> 'kind')
      on conflict do nothing;
    with put as (
      insert into graphile_worker._private_jobs as jobs
        (task_id, payload, run_at, max_attempts, key, flags)
      select tasks.id, one.entry,
        coalesce(to_timestamp(one."at" / 1000), now())
          + one."delayMs" * interval '1 millisecond',
        32767, one.key, jsonb_build_object(one.key, true)
      from jsonb_to_recordset(wanted) as one
          (key text, kind text, entry json, "at" float8, "delayMs" float8)
        join graphile_worker._private_tasks as tasks on tasks.identifier = one.kind
      on conflict (key) do update set
        payload = excluded.payload,
        run_at = least(jobs.run_at, excluded.run_at),
        attempts = 0,
        last_error = null,
        revision = jobs.revision + 1,
        updated_at = now()
      returning jobs.key, jobs.run_at)
    select greatest(1, sum(one.slots)) into news
      from put join jsonb_to_recordset(wanted) as one (key text, slots integer)
        on one.key = put.key
      where put.run_at <= clock_timestamp()
      having count(*) > 0;
    if news is not null then
      perform pg_notify('jobs:insert', json_build_object('r', random(), 'count', news)::text);
    end if;
  end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_change_of_events()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      raise exception 'events are append-only: % of them is refused', lower(tg_op)
        using errcode = 'restrict_violation';
    end $function$
;
