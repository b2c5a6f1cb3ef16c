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
  constraint events_pkey PRIMARY KEY (release, sequence)
  constraint events_release_fkey FOREIGN KEY (release) REFERENCES releases(id)
  constraint events_sequence_check CHECK ((sequence > 0))
  CREATE TRIGGER events_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_events()

table idempotency_keys
  key text collate "C" not null
  fingerprint text not null
  subject text not null
  created_at timestamp(3) with time zone not null
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
  constraint releases_generation_check CHECK ((generation >= 0))
  constraint releases_pkey PRIMARY KEY (id)
  constraint releases_revision_check CHECK ((revision > 0))
  constraint releases_service_fkey FOREIGN KEY (service) REFERENCES services(name)
  constraint releases_strategy_fkey FOREIGN KEY (strategy, strategy_version) REFERENCES strategies(name, version)
  CREATE INDEX releases_changed_idx ON public.releases USING btree (changed_at)
  CREATE INDEX releases_newest_idx ON public.releases USING btree (created_at, id)
  CREATE INDEX releases_service_newest_idx ON public.releases USING btree (service, created_at, id)
  CREATE UNIQUE INDEX releases_one_running_idx ON public.releases USING btree (service) WHERE (phase <> ALL (ARRAY['succeeded'::text, 'rolledBack'::text, 'cancelled'::text]))

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

CREATE OR REPLACE FUNCTION public.refuse_change_of_events()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      raise exception 'events are append-only: % of them is refused', lower(tg_op)
        using errcode = 'restrict_violation';
    end $function$
;
