import type { GateState } from '@spillway/domain-release';
import type { Instant, ServiceName } from '@spillway/kernel';

/** What somebody made of a gate of a service. It stays so, from release to release. */
export interface GateRecord {
  readonly service: ServiceName;
  readonly gate: string;
  readonly state: GateState;
  readonly actor: string;
  /** Why, in the words of who said so; may be empty. */
  readonly comment: string;
  readonly at: Instant;
}

export interface GateStore {
  get(service: ServiceName, gate: string): Promise<GateRecord | undefined>;
  /** Like `get`, and no other transaction can lock or put it until this one ends. */
  lock(service: ServiceName, gate: string): Promise<GateRecord | undefined>;
  /** In the order of their names; those that nobody touched are not among them. */
  ofService(service: ServiceName): Promise<readonly GateRecord[]>;
  /** Adds it, or replaces what was said of it before. */
  put(gate: Omit<GateRecord, 'at'>): Promise<GateRecord>;
}
