import type { Look, LookFilter, Page, PageRequest } from '@spillway/application';
import type { ReleaseId } from '@spillway/kernel';
import type { EntityManager } from 'typeorm';
import { keyAfter, toPage, type Key } from '../keyset-page.js';
import { toMeasurement } from './measurement-mapping.js';
import { MeasurementRow } from './measurement-row.js';

const keyOf = ({ to, metric, cluster, step, ordinal }: MeasurementRow): Key =>
  [to, metric, cluster, step, ordinal].map(String);

const isKey = ([to = '', metric, cluster, step = '', ordinal = '', ...rest]: Key): boolean =>
  /^\d{1,15}$/.test(to) &&
  metric !== undefined &&
  cluster !== undefined &&
  /^\d{1,9}$/.test(step) &&
  /^\d{1,9}$/.test(ordinal) &&
  rest.length === 0;

/** The newest windows first; along `measurements_newest_idx`. */
export async function listLooks(
  manager: EntityManager,
  release: ReleaseId,
  { step, metric, cluster }: LookFilter,
  page: PageRequest,
): Promise<Page<Look>> {
  const found = manager
    .createQueryBuilder(MeasurementRow, 'look')
    .addSelect('look.verdict')
    .where({ release, ...(step === undefined ? {} : { step }) })
    .limit(page.limit + 1);
  for (const column of ['to', 'metric', 'cluster', 'step', 'ordinal']) {
    found.addOrderBy(`look.${column}`, 'DESC');
  }
  if (metric !== undefined) found.andWhere('look.metric = :metric', { metric });
  if (cluster !== undefined) found.andWhere('look.cluster = :cluster', { cluster });
  const after = keyAfter(page.cursor, isKey);
  if (after !== undefined) {
    found.andWhere(
      '(look.to, look.metric, look.cluster, look.step, look.ordinal) < ' +
        '(:to, :lastMetric, :lastCluster, :lastStep::integer, :lastOrdinal::integer)',
      {
        to: new Date(Number(after[0])),
        lastMetric: after[1],
        lastCluster: after[2],
        lastStep: after[3],
        lastOrdinal: after[4],
      },
    );
  }
  return toPage(await found.getMany(), page, keyOf, toLook);
}

const toLook = (row: MeasurementRow): Look => ({
  ...toMeasurement(row),
  step: row.step,
  ...(row.query === null ? {} : { query: row.query }),
  ...(row.verdict === null ? {} : { verdict: row.verdict }),
});
