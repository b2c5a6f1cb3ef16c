import type { MigrationInterface, QueryRunner } from 'typeorm';

const policies = `
  create table egress_policies (
    namespace text collate "C" primary key,
    mode text not null,
    allow jsonb not null,
    generation integer not null,
    changed_by text not null,
    because text not null,
    accepted text,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    constraint egress_policies_mode_check check (mode in ('observe', 'enforce')),
    constraint egress_policies_generation_check check (generation > 0)
  )`;

/** "off" while a policy leaves the cluster: until its objects are gone there, the cluster may not go. */
const rollouts = `
  create table egress_rollouts (
    namespace text collate "C" not null,
    cluster text collate "C" not null,
    position integer not null,
    mode text not null,
    applied_generation integer,
    applied_at timestamptz(3),
    because text,
    primary key (namespace, cluster),
    constraint egress_rollouts_mode_check check (mode in ('off', 'observe', 'enforce')),
    constraint egress_rollouts_namespace_fkey foreign key (namespace)
      references egress_policies (namespace),
    constraint egress_rollouts_cluster_fkey foreign key (cluster) references clusters (name)
  );
  create index egress_rollouts_cluster_idx on egress_rollouts (cluster)`;

/** breaking: no · phase: expand · contract step: none */
export class AddEgressPolicies1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(policies);
    await runner.query(rollouts);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table egress_rollouts, egress_policies');
  }
}
