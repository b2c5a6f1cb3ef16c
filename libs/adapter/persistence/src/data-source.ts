import { noMeter } from '@spillway/application';
import { migrations, migrationsTableName } from '@spillway/migrations';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { MemberRow } from './access/member-row.js';
import { TokenRow } from './access/token-row.js';
import { AuditRow } from './audit/audit-row.js';
import { ClusterRow } from './cluster/cluster-row.js';
import { timeouts, tlsOptions } from './connection-options.js';
import { EgressRolloutRow, EgressRow } from './egress/egress-rows.js';
import { FreezeWindowRow } from './freeze/freeze-window-row.js';
import { GateRow } from './gate/gate-row.js';
import { HookCallRow } from './hook/hook-call-row.js';
import { IdempotencyRow } from './idempotency/idempotency-row.js';
import { MeasurementRow } from './measurement/measurement-row.js';
import { meteredClient } from './metered-client.js';
import { OutgoingAttemptRow, OutgoingDeliveryRow } from './notification/delivery-rows.js';
import {
  NoticedReleaseRow,
  NotificationRow,
  NotificationSecretRow,
} from './notification/notification-rows.js';
import { parseDatabaseUrl, type PersistenceConfig } from './persistence-config.js';
import { PushedRow } from './pushed/pushed-row.js';
import { EventRow, StepRow } from './release/history-rows.js';
import { ReleaseRow, RolloutRow } from './release/release-rows.js';
import { SecretRow } from './secret/secret-row.js';
import { ServiceClusterRow, ServiceRow } from './service/service-rows.js';
import { SourceRow, SourceSecretRow } from './source/source-rows.js';
import { StrategyRow } from './strategy/strategy-row.js';
import { refuseStandby } from './take-writes.js';
import { ReceivedRow } from './webhook/received-row.js';
import { RuleRow } from './webhook/rule-row.js';
import { WebhookRow, WebhookSecretRow } from './webhook/webhook-rows.js';

const entities = [
  AuditRow,
  TokenRow,
  MemberRow,
  ClusterRow,
  ServiceRow,
  ServiceClusterRow,
  StrategyRow,
  ReleaseRow,
  RolloutRow,
  StepRow,
  EventRow,
  MeasurementRow,
  FreezeWindowRow,
  GateRow,
  IdempotencyRow,
  EgressRow,
  EgressRolloutRow,
  SecretRow,
  SourceRow,
  SourceSecretRow,
  PushedRow,
  WebhookRow,
  WebhookSecretRow,
  RuleRow,
  ReceivedRow,
  HookCallRow,
  NotificationRow,
  NotificationSecretRow,
  NoticedReleaseRow,
  OutgoingDeliveryRow,
  OutgoingAttemptRow,
];

/** For transactions. Not connected yet. */
export const createDataSource = (config: PersistenceConfig, meter = noMeter): DataSource =>
  new DataSource({
    ...base(config),
    poolSize: config.poolSize,
    extra: { ...timeouts(config), Client: meteredClient(meter), onConnect: refuseStandby },
  });

/** For migrations: one connection holds the lock, the other migrates, for as long as it takes. */
export const createMigrationSource = (config: PersistenceConfig): DataSource =>
  new DataSource({ ...base(config), poolSize: 2, extra: { onConnect: refuseStandby } });

function base(config: PersistenceConfig): DataSourceOptions & { readonly type: 'postgres' } {
  const { user, ...address } = parseDatabaseUrl(config.url);
  return {
    type: 'postgres',
    ...address,
    username: user,
    ssl: tlsOptions(config.tls),
    connectTimeoutMS: config.connectTimeoutMs,
    applicationName: 'spillway',
    entities,
    migrations,
    migrationsTableName,
    synchronize: false,
    logging: false,
  };
}
