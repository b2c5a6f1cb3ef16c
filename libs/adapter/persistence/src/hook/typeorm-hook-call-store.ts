import type {
  HookCall,
  HookCallFilter,
  HookCallStore,
  Page,
  PageRequest,
} from '@spillway/application';
import { hookPoints, isTold, type HookAnswer } from '@spillway/domain-release';
import type { ReleaseId } from '@spillway/kernel';
import { In, Not, type EntityManager, type Repository } from 'typeorm';
import { keyAfter, toPage, type Key } from '../keyset-page.js';
import { HookCallRow } from './hook-call-row.js';

const askedPoints = hookPoints.filter((point) => !isTold({ point }));

export class TypeOrmHookCallStore implements HookCallStore {
  private readonly rows: Repository<HookCallRow>;

  constructor(manager: EntityManager) {
    this.rows = manager.getRepository(HookCallRow);
  }

  async put(release: ReleaseId, { status, retryAt, ...call }: HookCall): Promise<void> {
    await this.rows.upsert({ release, ...call, status: status ?? null, retryAt: retryAt ?? null }, [
      'release',
      'hook',
      'ordinal',
    ]);
  }

  async remove(release: ReleaseId, hook: string, ordinal: number): Promise<void> {
    await this.rows.delete({ release, hook, ordinal });
  }

  async last(release: ReleaseId, hook: string, limit: number): Promise<readonly HookCall[]> {
    const rows = await this.rows.find({
      where: { release, hook },
      order: { ordinal: 'DESC' },
      take: limit,
    });
    return rows.reverse().map(toCall);
  }

  async answers(release: ReleaseId): Promise<readonly HookAnswer[]> {
    const rows = await this.rows.find({
      where: { release, point: In(askedPoints), state: Not('underWay') },
      order: { hook: 'ASC', ordinal: 'ASC' },
    });
    return rows.flatMap(({ hook, slot, state, detail, at, times }) =>
      state === 'underWay' ? [] : [{ hook, slot, outcome: state, detail, at, times }],
    );
  }

  /** Along `hook_calls_newest_idx`. */
  async list(
    release: ReleaseId,
    { hook }: HookCallFilter,
    page: PageRequest,
  ): Promise<Page<HookCall>> {
    const found = this.rows
      .createQueryBuilder('call')
      .where({ release, ...(hook === undefined ? {} : { hook }) })
      .orderBy('call.firstAt', 'DESC')
      .addOrderBy('call.hook', 'DESC')
      .addOrderBy('call.ordinal', 'DESC')
      .limit(page.limit + 1);
    const after = keyAfter(page.cursor, isKey);
    if (after !== undefined) {
      found.andWhere(
        '(call.firstAt, call.hook, call.ordinal) < (:lastAt, :lastHook, :lastOrdinal::integer)',
        { lastAt: new Date(Number(after[0])), lastHook: after[1], lastOrdinal: after[2] },
      );
    }
    return toPage(await found.getMany(), page, keyOf, toCall);
  }
}

const keyOf = ({ firstAt, hook, ordinal }: HookCallRow): Key =>
  [firstAt, hook, ordinal].map(String);

const isKey = ([firstAt = '', hook, ordinal = '', ...rest]: Key): boolean =>
  /^\d{1,15}$/.test(firstAt) &&
  hook !== undefined &&
  /^\d{1,9}$/.test(ordinal) &&
  rest.length === 0;

const toCall = ({ release: _release, status, retryAt, ...call }: HookCallRow): HookCall => ({
  ...call,
  ...(status === null ? {} : { status }),
  ...(retryAt === null ? {} : { retryAt }),
});
