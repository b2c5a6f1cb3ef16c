import type { Page, PageRequest, ReleaseFilter } from '@spillway/application';
import type { Release } from '@spillway/domain-release';
import type { EntityManager } from 'typeorm';
import { keyOfPage, toPage, type Key } from '../keyset-page.js';
import { readReleases } from './read-releases.js';
import { toRelease } from './release-mapping.js';
import type { ReleaseRow } from './release-rows.js';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Newest first, or oldest first; the id orders those of one moment. */
const keyOf = ({ createdAt, id }: ReleaseRow): Key => [String(createdAt), id];

const isKey = ([createdAt = '', id = '', ...rest]: Key): boolean =>
  /^\d{1,15}$/.test(createdAt) && uuid.test(id) && rest.length === 0;

/** A page of releases in one statement. What is filtered by does not change, but for the phase. */
export async function listReleases(
  manager: EntityManager,
  filter: ReleaseFilter,
  page: PageRequest,
): Promise<Page<Release>> {
  const [createdAt, id] = keyOfPage(page, isKey) ?? [];
  const [past, order] = page.isReversed === true ? ['>', 'asc'] : ['<', 'desc'];
  const values: unknown[] = [];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const conditions = conditionsOf(filter, place);
  if (createdAt !== undefined) {
    const moment = place(new Date(Number(createdAt)));
    conditions.push(`(releases.created_at, releases.id) ${past} (${moment}, ${place(id)})`);
  }
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  const tail = `${where} order by releases.created_at ${order}, releases.id ${order} limit ${place(page.limit + 1)}`;
  return toPage(await readReleases(manager, tail, values), page, keyOf, toRelease);
}

function conditionsOf(filter: ReleaseFilter, place: (value: unknown) => string): string[] {
  const { service, namespace, phase, candidate, strategy, since, until } = filter;
  const equal = { service, phase, candidate, strategy };
  return [
    ...Object.entries(equal)
      .filter(([, value]) => value !== undefined)
      .map(([column, value]) => `releases.${column} = ${place(value)}`),
    ...(namespace === undefined
      ? []
      : [`split_part(releases.service, '/', 1) = ${place(namespace)}`]),
    ...(since === undefined ? [] : [`releases.created_at >= ${place(new Date(since))}`]),
    ...(until === undefined ? [] : [`releases.created_at < ${place(new Date(until))}`]),
  ];
}
