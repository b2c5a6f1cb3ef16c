import type { Release } from '@spillway/domain-release';
import type { ReleaseId } from '@spillway/kernel';
import type { EntityManager } from 'typeorm';
import { preparedQuery } from '../prepared-query.js';
import { rowReader, type Raw } from '../row-reader.js';
import { planOf } from './known-plans.js';
import { toRelease } from './release-mapping.js';
import { ReleaseRow, RolloutRow } from './release-rows.js';

interface Read {
  readonly plan: string;
  readonly rollouts: readonly Raw[];
}

/** One statement, so that a release and its rollouts are of the same revision. `tail` is all after its "from". */
export async function readReleases(
  manager: EntityManager,
  tail: string,
  values: readonly unknown[],
): Promise<readonly ReleaseRow[]> {
  const [releases, rollouts] = [rowReader(manager, ReleaseRow), rowReader(manager, RolloutRow)];
  const rows = await preparedQuery<Raw & Read>(
    manager,
    `select ${releases.columns('plan')}, releases.plan::text as plan, (
       select coalesce(json_agg(rollouts), '[]') from rollouts
       where rollouts.release = releases.id) as rollouts
     from releases ${tail}`,
    values,
  );
  return rows.map((row) =>
    Object.assign(releases.fromRow(row), {
      plan: planOf(row.plan),
      rollouts: row.rollouts.map((raw) => rollouts.fromJson(raw)),
    }),
  );
}

/** By their ids; those that do not exist are left out. */
export async function releasesById(
  manager: EntityManager,
  ids: readonly ReleaseId[],
): Promise<ReadonlyMap<string, Release>> {
  const rows = await readReleases(manager, 'where releases.id = any ($1)', [[...ids]]);
  return new Map(rows.map((row) => [row.id, toRelease(row)]));
}
