import type {
  Page,
  PageRequest,
  ReceivedDelivery,
  ReceivedFilter,
  ReceivedOutcome,
  ReceivedStore,
} from '@spillway/application';
import {
  InvariantBroken,
  deliveryId,
  webhookName,
  type DeliveryId,
  type Instant,
} from '@spillway/kernel';
import type { EntityManager, FindOptionsWhere, Repository } from 'typeorm';
import { keyAfter, toPage, type Key } from '../keyset-page.js';
import { ReceivedRow } from './received-row.js';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Newest first; the id orders those of one moment. */
const keyOf = ({ receivedAt, id }: ReceivedRow): Key => [String(receivedAt), id];

const isKey = ([receivedAt = '', id = '', ...rest]: Key): boolean =>
  /^\d{1,15}$/.test(receivedAt) && uuid.test(id) && rest.length === 0;

export class TypeOrmReceivedStore implements ReceivedStore {
  private readonly rows: Repository<ReceivedRow>;

  constructor(manager: EntityManager) {
    this.rows = manager.getRepository(ReceivedRow);
  }

  async get(id: DeliveryId): Promise<ReceivedDelivery | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row === null ? undefined : toDelivery(row);
  }

  async lock(id: DeliveryId): Promise<ReceivedDelivery | undefined> {
    const lock = { mode: 'pessimistic_write' } as const;
    const row = await this.rows.findOne({ where: { id }, lock });
    return row === null ? undefined : toDelivery(row);
  }

  /** The insert waits for another transaction's of the same; what that one wrote is seen by the next statement. */
  async add(delivery: ReceivedDelivery): Promise<ReceivedDelivery> {
    await this.rows
      .createQueryBuilder()
      .insert()
      .values({ ...delivery, state: delivery.outcome.state })
      .orIgnore()
      .execute();
    const added = await this.get(delivery.id);
    if (added !== undefined) return added;
    const earlier = await this.rows.findOne({
      where: sameAs(delivery),
      order: { receivedAt: 'ASC', id: 'ASC' },
    });
    if (earlier === null) throw new InvariantBroken('a delivery is neither new nor known');
    return toDelivery(earlier);
  }

  async settle(id: DeliveryId, outcome: ReceivedOutcome, at: Instant): Promise<void> {
    const settledAt = outcome.state === 'pending' ? null : at;
    await this.rows.update({ id }, { outcome, state: outcome.state, settledAt });
  }

  async list({ webhook, state, release }: ReceivedFilter, page: PageRequest) {
    const after = keyAfter(page.cursor, isKey);
    const found = this.rows
      .createQueryBuilder('delivery')
      .orderBy('delivery.receivedAt', 'DESC')
      .addOrderBy('delivery.id', 'DESC')
      .limit(page.limit + 1);
    if (webhook !== undefined) found.andWhere('delivery.webhook = :webhook', { webhook });
    if (state !== undefined) found.andWhere('delivery.state = :state', { state });
    if (release !== undefined) {
      // It has the delivery’s id, for which there is an index.
      found.andWhere(`delivery.id = :release and delivery.state = 'released'`, { release });
    }
    if (after !== undefined) {
      const [receivedAt, id] = [new Date(Number(after[0])), after[1]];
      found.andWhere('(delivery.receivedAt, delivery.id) < (:receivedAt, :id)', { receivedAt, id });
    }
    const rows = await found.getMany();
    return toPage(rows, page, keyOf, toDelivery) satisfies Page<ReceivedDelivery>;
  }
}

const sameAs = ({
  webhook,
  key,
  fingerprint,
}: ReceivedDelivery): FindOptionsWhere<ReceivedRow>[] => [
  ...(key === undefined ? [] : [{ webhook, key }]),
  ...(fingerprint === undefined ? [] : [{ webhook, fingerprint }]),
];

const toDelivery = (row: ReceivedRow): ReceivedDelivery => ({
  id: deliveryId(row.id),
  webhook: webhookName(row.webhook),
  ...(row.key === null ? {} : { key: row.key }),
  ...(row.fingerprint === null ? {} : { fingerprint: row.fingerprint }),
  event: row.event,
  ...(row.trigger === null ? {} : { trigger: row.trigger }),
  outcome: row.outcome,
  receivedAt: row.receivedAt,
  ...(row.settledAt === null ? {} : { settledAt: row.settledAt }),
});
