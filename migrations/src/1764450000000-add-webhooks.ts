import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A webhook holds the names of its secrets; the foreign key keeps a secret that is needed. */
const webhooks = `
  create table webhooks (
    name text collate "C" primary key,
    provider text not null,
    mapping jsonb,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null
  );
  create table webhook_secrets (
    webhook text collate "C" not null,
    position integer not null,
    secret text collate "C" not null,
    primary key (webhook, position),
    constraint webhook_secrets_webhook_fkey foreign key (webhook) references webhooks (name),
    constraint webhook_secrets_secret_fkey foreign key (secret) references secrets (name)
  );
  create index webhook_secrets_secret_idx on webhook_secrets (secret)`;

const rules = `
  create table rules (
    name text collate "C" primary key,
    webhook text collate "C" not null,
    priority integer not null,
    match jsonb not null,
    release jsonb not null,
    owner jsonb not null,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    constraint rules_webhook_fkey foreign key (webhook) references webhooks (name)
  );
  create index rules_webhook_idx on rules (webhook)`;

/** The unique indexes are what makes one delivery of the same that comes twice at one moment. */
const deliveries = `
  create table received_deliveries (
    id uuid primary key,
    webhook text collate "C" not null,
    key text collate "C",
    fingerprint text collate "C",
    event text not null,
    trigger jsonb,
    state text not null,
    outcome jsonb not null,
    received_at timestamptz(3) not null,
    settled_at timestamptz(3),
    constraint received_deliveries_webhook_fkey foreign key (webhook) references webhooks (name)
  );
  create unique index received_deliveries_key_idx on received_deliveries (webhook, key);
  create unique index received_deliveries_fingerprint_idx
    on received_deliveries (webhook, fingerprint);
  create index received_deliveries_newest_idx on received_deliveries (received_at, id);
  create index received_deliveries_webhook_newest_idx
    on received_deliveries (webhook, received_at, id)`;

/** breaking: no · phase: expand · contract step: none */
export class AddWebhooks1764450000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(webhooks);
    await runner.query(rules);
    await runner.query(deliveries);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table received_deliveries, rules, webhook_secrets, webhooks');
  }
}
