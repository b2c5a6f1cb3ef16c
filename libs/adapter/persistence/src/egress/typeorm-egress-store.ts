import type { EgressRecord, EgressStore, Page, PageRequest } from '@spillway/application';
import {
  namespaceName,
  type ClusterName,
  type Generation,
  type NamespaceName,
} from '@spillway/kernel';
import { type EntityManager, type Repository } from 'typeorm';
import { lockName } from '../advisory-lock.js';
import { byName, toPage } from '../keyset-page.js';
import { toEgress, toRolloutRows, toRow } from './egress-mapping.js';
import { EgressRolloutRow, EgressRow } from './egress-rows.js';

const whole = { rollouts: true } as const;

/** Holds still the policy whose generation it is; without a row there is nothing to note. */
const holdSql = `
  select from egress_policies as policy
  where policy.namespace = $1 and policy.generation = $2 for update`;

const unsettledSql = `
  select rollout.namespace from egress_rollouts as rollout
  join egress_policies as policy on policy.namespace = rollout.namespace
  where rollout.cluster = $1 and rollout.applied_generation is distinct from policy.generation
  order by rollout.namespace`;

export class TypeOrmEgressStore implements EgressStore {
  private readonly rows: Repository<EgressRow>;
  private readonly rolloutRows: Repository<EgressRolloutRow>;

  constructor(private readonly manager: EntityManager) {
    this.rows = manager.getRepository(EgressRow);
    this.rolloutRows = manager.getRepository(EgressRolloutRow);
  }

  async get(namespace: NamespaceName): Promise<EgressRecord | undefined> {
    const [row] = await this.rows.find({ where: { namespace }, relations: whole });
    return row === undefined ? undefined : toEgress(row);
  }

  /** The name first, for there may be no row yet; then the row, which notes lock. */
  async lock(namespace: NamespaceName): Promise<EgressRecord | undefined> {
    await lockName(this.manager, `egress/${namespace}`);
    await this.rows.find({
      select: { namespace: true },
      where: { namespace },
      lock: { mode: 'pessimistic_write' },
    });
    return this.get(namespace);
  }

  async list(page: PageRequest): Promise<Page<EgressRecord>> {
    const { where, order, take } = byName(page);
    const rows = await this.rows.find({
      where: where.name === undefined ? {} : { namespace: where.name },
      relations: whole,
      order: { namespace: order.name },
      take,
    });
    return toPage(rows, page, ({ namespace }) => [namespace], toEgress);
  }

  async save(record: EgressRecord): Promise<void> {
    const { namespace } = record;
    await this.rows.upsert({ ...toRow(record) }, ['namespace']);
    await this.rolloutRows.delete({ namespace });
    await this.rolloutRows.insert([...toRolloutRows(record)]);
  }

  async note(
    namespace: NamespaceName,
    cluster: ClusterName,
    generation: Generation,
    outcome: Parameters<EgressStore['note']>[3],
  ): Promise<void> {
    const held = await this.manager.query<unknown[]>(holdSql, [namespace, generation]);
    if (held.length === 0) return;
    const rollout = { namespace, cluster };
    if ('because' in outcome) {
      await this.rolloutRows.update(rollout, { because: outcome.because });
      return;
    }
    await this.rolloutRows.delete({ ...rollout, mode: 'off' });
    await this.rolloutRows.update(rollout, {
      appliedGeneration: generation,
      appliedAt: outcome.appliedAt,
      because: null,
    });
  }

  async unsettledIn(cluster: ClusterName): Promise<readonly NamespaceName[]> {
    const rows = await this.manager.query<{ namespace: string }[]>(unsettledSql, [cluster]);
    return rows.map(({ namespace }) => namespaceName(namespace));
  }

  countIn(cluster: ClusterName): Promise<number> {
    return this.rolloutRows.countBy({ cluster });
  }
}
