import type { Page, PageRequest, ReleaseFilter } from '@spillway/application';
import type { Release } from '@spillway/domain-release';
import { In, type EntityManager } from 'typeorm';
import { keyAfter, toPage, type Key } from '../keyset-page.js';
import { toRelease } from './release-mapping.js';
import { ReleaseRow } from './release-rows.js';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Newest first; the id orders those of one moment. */
const keyOf = ({ createdAt, id }: ReleaseRow): Key => [String(createdAt), id];

const isKey = ([createdAt = '', id = '', ...rest]: Key): boolean =>
  /^\d{1,15}$/.test(createdAt) && uuid.test(id) && rest.length === 0;

/** First the keys of the page, then its releases in one statement: each with rollouts of its own revision. */
export async function listReleases(
  manager: EntityManager,
  { service, phase }: ReleaseFilter,
  page: PageRequest,
): Promise<Page<Release>> {
  const after = keyAfter(page.cursor, isKey);
  const found = manager
    .createQueryBuilder(ReleaseRow, 'release')
    .select('release.id')
    .orderBy('release.createdAt', 'DESC')
    .addOrderBy('release.id', 'DESC')
    .limit(page.limit + 1);
  if (service !== undefined) found.andWhere('release.service = :service', { service });
  if (phase !== undefined) found.andWhere('release.phase = :phase', { phase });
  if (after !== undefined) {
    const [createdAt, id] = [new Date(Number(after[0])), after[1]];
    found.andWhere('(release.createdAt, release.id) < (:createdAt, :id)', { createdAt, id });
  }
  const keys = await found.getMany();
  const rows = await manager.find(ReleaseRow, {
    where: { id: In(keys.map(({ id }) => id)) },
    relations: { rollouts: true },
    order: { createdAt: 'DESC', id: 'DESC' },
  });
  return toPage(rows, page, keyOf, toRelease);
}
