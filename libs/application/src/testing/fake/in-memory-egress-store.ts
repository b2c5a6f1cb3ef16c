import type { ClusterName, Generation, NamespaceName } from '@spillway/kernel';
import type { EgressRecord, EgressRollout, EgressStore } from '../../port/egress-store.js';
import type { Page, PageRequest } from '../../port/page.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

const nameOf = ({ namespace }: EgressRecord): string => namespace;

export class InMemoryEgressStore implements EgressStore {
  constructor(private readonly draft: Draft) {}

  get(namespace: NamespaceName): Promise<EgressRecord | undefined> {
    return Promise.resolve(this.draft.tables.egress.get(namespace));
  }

  /** Transactions run one after another: each has every lock. */
  lock(namespace: NamespaceName): Promise<EgressRecord | undefined> {
    return this.get(namespace);
  }

  list(page: PageRequest): Promise<Page<EgressRecord>> {
    return Promise.resolve(pageOf(this.sorted(), page, nameOf));
  }

  save(record: EgressRecord): Promise<void> {
    this.draft.tables.egress.set(record.namespace, kept(record));
    return Promise.resolve();
  }

  async note(
    namespace: NamespaceName,
    cluster: ClusterName,
    generation: Generation,
    outcome: Parameters<EgressStore['note']>[3],
  ): Promise<void> {
    const record = await this.get(namespace);
    if (record === undefined || record.generation !== generation) return;
    const rollouts = record.rollouts.flatMap((rollout) =>
      rollout.cluster === cluster ? noted(rollout, generation, outcome) : [rollout],
    );
    await this.save({ ...record, rollouts });
  }

  unsettledIn(cluster: ClusterName): Promise<readonly NamespaceName[]> {
    const unsettled = this.sorted().filter(({ generation, rollouts }) =>
      rollouts.some((one) => one.cluster === cluster && one.applied !== generation),
    );
    return Promise.resolve(unsettled.map(({ namespace }) => namespace));
  }

  countIn(cluster: ClusterName): Promise<number> {
    const there = this.sorted().filter(({ rollouts }) =>
      rollouts.some((one) => one.cluster === cluster),
    );
    return Promise.resolve(there.length);
  }

  private sorted(): readonly EgressRecord[] {
    return [...this.draft.tables.egress.values()].sort(byText(nameOf));
  }
}

function noted(
  { because: _before, ...rollout }: EgressRollout,
  applied: Generation,
  outcome: Parameters<EgressStore['note']>[3],
): readonly EgressRollout[] {
  if ('because' in outcome) return [{ ...rollout, ...outcome }];
  return rollout.mode === 'off' ? [] : [{ ...rollout, applied, ...outcome }];
}
