import type { Release } from '@spillway/domain-release';
import {
  InvariantBroken,
  type ClusterName,
  type DeliveryId,
  type Instant,
  type MemberName,
  type NamespaceName,
  type NotificationName,
  type ReleaseId,
  type RuleName,
  type SecretName,
  type ServiceName,
  type SourceName,
  type StrategyName,
  type WebhookName,
  type TokenName,
} from '@spillway/kernel';
import type { AuditRecord } from '../../port/audit-store.js';
import type { ClusterRecord } from '../../port/cluster-store.js';
import type { EgressRecord } from '../../port/egress-store.js';
import type { FreezeWindowRecord } from '../../port/freeze-window-store.js';
import type { GateRecord } from '../../port/gate-store.js';
import type { HookCall } from '../../port/hook-call-store.js';
import type { IdempotentOutcome } from '../../port/idempotency-store.js';
import type { Job } from '../../port/job-queue.js';
import type { NotificationEndpoint } from '../../port/notification-store.js';
import type { EndpointRest, OutgoingDelivery } from '../../port/outgoing-delivery-store.js';
import type { MemberRecord } from '../../port/member-store.js';
import type { PushedMeasurement } from '../../port/pushed-store.js';
import type { ReceivedDelivery } from '../../port/received-store.js';
import type { RuleRecord } from '../../port/rule-store.js';
import type { WebhookRecord } from '../../port/webhook-store.js';
import type { JudgedMeasurement } from '../../port/measurement-store.js';
import type { FeedEvent, StoredEvent } from '../../port/release-store.js';
import type { SecretRecord } from '../../port/secret-store.js';
import type { ServiceRecord } from '../../port/service-store.js';
import type { SourceRecord } from '../../port/source-store.js';
import type { StrategyRecord } from '../../port/strategy-store.js';
import type { StoredToken } from '../../port/token-store.js';

export interface StoredRelease {
  readonly release: Release;
  readonly unsettled: ReadonlySet<ClusterName>;
}

export interface StepMeasurement {
  readonly step: number;
  readonly measurement: JudgedMeasurement;
}

export interface StoredHookCall {
  readonly release: ReleaseId;
  readonly call: HookCall;
}

export interface StoredSecret {
  readonly record: SecretRecord;
  readonly text: string;
}

/** Values in the maps are replaced and never changed, so that a copy of the maps, and of the list, is a snapshot. */
export interface Tables {
  readonly clusters: Map<ClusterName, ClusterRecord>;
  readonly services: Map<ServiceName, ServiceRecord>;
  readonly strategies: Map<StrategyName, readonly StrategyRecord[]>;
  readonly releases: Map<ReleaseId, StoredRelease>;
  readonly events: Map<ReleaseId, readonly StoredEvent[]>;
  readonly feed: Omit<FeedEvent, 'position'>[];
  /** Of each release; the inner maps are replaced as the values of all others are. */
  readonly measurements: Map<ReleaseId, ReadonlyMap<string, StepMeasurement>>;
  readonly egress: Map<NamespaceName, EgressRecord>;
  readonly secrets: Map<SecretName, StoredSecret>;
  readonly sources: Map<SourceName, SourceRecord>;
  readonly pushed: PushedMeasurement[];
  readonly webhooks: Map<WebhookName, WebhookRecord>;
  readonly rules: Map<RuleName, RuleRecord>;
  readonly received: Map<DeliveryId, ReceivedDelivery>;
  readonly hookCalls: Map<string, StoredHookCall>;
  readonly notifications: Map<NotificationName, NotificationEndpoint>;
  readonly rests: Map<NotificationName, EndpointRest>;
  readonly outgoingDeliveries: Map<DeliveryId, OutgoingDelivery>;
  readonly noticed: Map<ReleaseId, number>;
  readonly freezeWindows: Map<string, FreezeWindowRecord>;
  readonly gates: Map<string, GateRecord>;
  readonly idempotency: Map<string, IdempotentOutcome>;
  readonly audit: AuditRecord[];
  readonly tokens: Map<TokenName, StoredToken>;
  readonly members: Map<MemberName, MemberRecord>;
}

export const noTables = (): Tables => ({
  clusters: new Map(),
  services: new Map(),
  strategies: new Map(),
  releases: new Map(),
  events: new Map(),
  feed: [],
  measurements: new Map(),
  egress: new Map(),
  secrets: new Map(),
  sources: new Map(),
  pushed: [],
  webhooks: new Map(),
  rules: new Map(),
  received: new Map(),
  hookCalls: new Map(),
  notifications: new Map(),
  rests: new Map(),
  outgoingDeliveries: new Map(),
  noticed: new Map(),
  freezeWindows: new Map(),
  gates: new Map(),
  idempotency: new Map(),
  audit: [],
  tokens: new Map(),
  members: new Map(),
});

/** The tables as they are, each copied when it is first touched: most transactions touch few. */
function copiedWhenTouched(tables: Tables, touched: Partial<Tables>): Tables {
  const copies = touched as Record<string, unknown>;
  return new Proxy(tables, {
    get: (_target, name: keyof Tables) => (copies[name] ??= copyOf(tables[name])),
  });
}

const copyOf = (table: Tables[keyof Tables]): unknown =>
  Array.isArray(table) ? [...table] : new Map(table as Map<unknown, unknown>);

/** What one transaction would make of the tables. Dropping it is rolling back. */
export class Draft {
  readonly jobs: { readonly job: Job; readonly runAt: Instant }[] = [];
  readonly saved: ReleaseId[] = [];
  private readonly own: Tables;
  private readonly touched: Partial<Tables> = {};
  private ended = false;
  private isAccessChanged = false;

  constructor(
    private readonly before: Tables,
    readonly now: Instant,
  ) {
    this.own = copiedWhenTouched(before, this.touched);
  }

  /** What the tables are once it is committed. */
  get outcome(): Tables {
    return { ...this.before, ...this.touched };
  }

  /** Throws after the end: a store that is kept longer than its transaction would write nowhere. */
  get tables(): Tables {
    if (this.ended) throw new InvariantBroken('a store was used after its transaction had ended');
    return this.own;
  }

  changesAccess(): void {
    this.isAccessChanged = true;
  }

  get accessChanged(): boolean {
    return this.isAccessChanged;
  }

  end(): void {
    this.ended = true;
  }
}
