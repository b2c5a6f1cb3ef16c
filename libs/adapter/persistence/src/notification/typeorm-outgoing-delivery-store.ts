import type {
  DeliveryAttempt,
  EndpointRest,
  NewOutgoingDelivery,
  OutgoingDelivery,
  OutgoingDeliveryFilter,
  OutgoingDeliveryStore,
  Page,
  PageRequest,
  Tried,
} from '@spillway/application';
import {
  deliveryId,
  duration,
  notificationName,
  type DeliveryId,
  type Instant,
  type NotificationName,
  type ReleaseId,
} from '@spillway/kernel';
import { In, LessThan, type EntityManager, type Repository } from 'typeorm';
import { keyAfter, toPage, type Key } from '../keyset-page.js';
import { OutgoingAttemptRow, OutgoingDeliveryRow } from './delivery-rows.js';
import { addDeliverySql, forgetSql, headsSql, noticedSql } from './delivery-sql.js';
import { NoticedReleaseRow, NotificationRow } from './notification-rows.js';

const isPosition = ([position = '', ...rest]: Key): boolean =>
  /^\d{1,15}$/.test(position) && rest.length === 0;

export class TypeOrmOutgoingDeliveryStore implements OutgoingDeliveryStore {
  private readonly rows: Repository<OutgoingDeliveryRow>;
  private readonly attempts: Repository<OutgoingAttemptRow>;

  constructor(
    private readonly manager: EntityManager,
    private readonly now: Instant,
  ) {
    this.rows = manager.getRepository(OutgoingDeliveryRow);
    this.attempts = manager.getRepository(OutgoingAttemptRow);
  }

  async noticedUpTo(release: ReleaseId): Promise<number> {
    return (await this.manager.findOneBy(NoticedReleaseRow, { release }))?.sequence ?? 0;
  }

  async setNoticedUpTo(release: ReleaseId, sequence: number): Promise<void> {
    await this.manager.query(noticedSql, [release, sequence]);
  }

  async add(deliveries: readonly NewOutgoingDelivery[]): Promise<void> {
    const now = new Date(this.now);
    for (const { id, endpoint, notice } of deliveries) {
      const { release, sequence } = notice;
      const values = [id, endpoint, release.id, sequence, JSON.stringify(notice), now];
      await this.manager.query(addDeliverySql, values);
    }
  }

  async get(id: DeliveryId): Promise<OutgoingDelivery | undefined> {
    const [found] = await this.withAttempts(await this.rows.findBy({ id }));
    return found;
  }

  async list(filter: OutgoingDeliveryFilter, page: PageRequest): Promise<Page<OutgoingDelivery>> {
    const [after] = keyAfter(page.cursor, isPosition) ?? [];
    const rows = await this.rows.find({
      where: { ...filter, ...(after === undefined ? {} : { position: LessThan(after) }) },
      order: { position: 'DESC' },
      take: page.limit + 1,
    });
    const found = toPage(
      rows,
      page,
      ({ position }) => [position],
      (row) => row,
    );
    return { ...found, items: await this.withAttempts(found.items) };
  }

  async heads(endpoint: NotificationName, limit: number): Promise<readonly OutgoingDelivery[]> {
    const heads = await this.manager.query<{ id: string }[]>(headsSql, [endpoint, limit]);
    const ids = heads.map(({ id }) => id);
    const found = await this.withAttempts(await this.rows.findBy({ id: In(ids) }));
    return found.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  }

  async tried(id: DeliveryId, { attempt, state, dueAt }: Tried): Promise<void> {
    const lock = { mode: 'pessimistic_write' } as const;
    const row = await this.rows.findOne({ where: { id, state: 'pending' }, lock });
    if (row === null) return;
    const number = (await this.attempts.countBy({ delivery: id })) + 1;
    await this.attempts.insert(toAttemptRow(id, number, attempt));
    await this.rows.update({ id }, { state, dueAt, tries: row.tries + 1 });
  }

  async rest(endpoint: NotificationName): Promise<EndpointRest | undefined> {
    const row = await this.manager.findOneBy(NotificationRow, { name: endpoint });
    return row === null || row.restsUntil === null
      ? undefined
      : { failures: row.failures, until: row.restsUntil };
  }

  async setRest(endpoint: NotificationName, rest: EndpointRest | undefined): Promise<void> {
    const state = { failures: rest?.failures ?? 0, restsUntil: rest?.until ?? null };
    await this.manager.update(NotificationRow, { name: endpoint }, state);
  }

  async requeue(id: DeliveryId): Promise<void> {
    const { now } = this;
    await this.rows.update({ id }, { state: 'pending', queuedAt: now, dueAt: now, tries: 0 });
  }

  async giveUp(endpoint: NotificationName, before: Instant): Promise<number> {
    const old = { endpoint, state: 'pending' as const, queuedAt: LessThan(before) };
    const { affected } = await this.rows.update(old, { state: 'dead', dueAt: this.now });
    return affected ?? 0;
  }

  async forget(before: Instant): Promise<void> {
    await this.manager.query(forgetSql, [new Date(before)]);
  }

  private async withAttempts(
    rows: readonly OutgoingDeliveryRow[],
  ): Promise<readonly OutgoingDelivery[]> {
    const ids = rows.map(({ id }) => id);
    const made = await this.attempts.find({
      where: { delivery: In(ids) },
      order: { number: 'ASC' },
    });
    return rows.map((row) =>
      toDelivery(
        row,
        made.filter(({ delivery }) => delivery === row.id),
      ),
    );
  }
}

const toDelivery = (
  row: OutgoingDeliveryRow,
  attempts: readonly OutgoingAttemptRow[],
): OutgoingDelivery => ({
  id: deliveryId(row.id),
  endpoint: notificationName(row.endpoint),
  notice: row.notice,
  state: row.state,
  queuedAt: row.queuedAt,
  createdAt: row.createdAt,
  dueAt: row.dueAt,
  tries: row.tries,
  attempts: attempts.map(toAttempt),
});

const toAttempt = ({ at, tookMs, status, because }: OutgoingAttemptRow): DeliveryAttempt => ({
  at,
  took: duration(tookMs),
  ...(status === null ? {} : { status }),
  ...(because === null ? {} : { because }),
});

const toAttemptRow = (
  delivery: string,
  number: number,
  { at, took, status, because }: DeliveryAttempt,
): OutgoingAttemptRow => ({
  delivery,
  number,
  at,
  tookMs: Math.round(took),
  status: status ?? null,
  because: because ?? null,
});
