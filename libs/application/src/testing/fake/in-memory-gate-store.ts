import type { ServiceName } from '@spillway/kernel';
import type { GateRecord, GateStore } from '../../port/gate-store.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText } from './paging.js';

const keyOf = (service: ServiceName, gate: string): string => `${service} ${gate}`;

export class InMemoryGateStore implements GateStore {
  constructor(private readonly draft: Draft) {}

  get(service: ServiceName, gate: string): Promise<GateRecord | undefined> {
    return Promise.resolve(this.draft.tables.gates.get(keyOf(service, gate)));
  }

  /** Transactions run one after another: each has every lock. */
  lock(service: ServiceName, gate: string): Promise<GateRecord | undefined> {
    return this.get(service, gate);
  }

  ofService(service: ServiceName): Promise<readonly GateRecord[]> {
    const all = [...this.draft.tables.gates.values()];
    const own = all.filter((record) => record.service === service);
    return Promise.resolve(own.sort(byText(({ gate }) => gate)));
  }

  put(gate: Omit<GateRecord, 'at'>): Promise<GateRecord> {
    const record = kept({ ...gate, at: this.draft.now });
    this.draft.tables.gates.set(keyOf(gate.service, gate.gate), record);
    return Promise.resolve(record);
  }
}
