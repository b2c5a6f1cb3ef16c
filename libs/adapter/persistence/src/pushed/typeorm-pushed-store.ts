import { randomUUID } from 'node:crypto';
import type {
  PushedMeasurement,
  PushedQuestion,
  PushedStore,
  PushedSummary,
} from '@spillway/application';
import { after, instant, version, type Instant } from '@spillway/kernel';
import type { EntityManager, Repository } from 'typeorm';
import { PushedRow } from './pushed-row.js';

const KEPT_MS = 24 * 3_600_000;

/** Twice what one request may add, so it catches up; "skip locked" lets requests clear up side by side. */
const forgetSome = `
  delete from pushed_measurements where (batch, position) in (
    select old.batch, old.position from pushed_measurements as old
    where old.at <= $1 limit 2000 for update skip locked)`;

/** Sums as doubles, which are exact to 2^53; the driver would give bigint as text. */
const summarize = `
  select pushed.version, max(pushed.at) as last_at,
    count(pushed.value)::int as count, avg(pushed.value) as mean,
    sum(pushed.requests)::float8 as requests, sum(pushed.errors)::float8 as errors
  from pushed_measurements as pushed
  where pushed.metric = $1 and pushed.cluster = $2 and pushed.service = $3
    and pushed.at > $4 and pushed.at <= $5
  group by pushed.version order by pushed.version`;

interface Summary {
  readonly version: string;
  readonly last_at: Date;
  readonly count: number;
  readonly mean: number | null;
  readonly requests: number | null;
  readonly errors: number | null;
}

export class TypeOrmPushedStore implements PushedStore {
  private readonly rows: Repository<PushedRow>;

  constructor(
    private readonly manager: EntityManager,
    private readonly now: Instant,
  ) {
    this.rows = manager.getRepository(PushedRow);
  }

  async add(batch: readonly PushedMeasurement[]): Promise<void> {
    await this.manager.query(forgetSome, [new Date(after(this.now, -KEPT_MS))]);
    if (batch.length === 0) return;
    const id = randomUUID();
    const rows = batch.map((measurement, position) => toRow(measurement, id, position));
    await this.rows.insert([...rows]);
  }

  async within(question: PushedQuestion): Promise<readonly PushedSummary[]> {
    const { metric, cluster, service, from, to } = question;
    const values = [metric, cluster, service, new Date(from), new Date(to)];
    return (await this.manager.query<Summary[]>(summarize, values)).map(toSummary);
  }
}

function toRow(
  { figure, ...where }: PushedMeasurement,
  batch: string,
  position: number,
): PushedRow {
  const { kind: _, ...given } = figure;
  return { ...where, batch, position, value: null, requests: null, errors: null, ...given };
}

const toSummary = (row: Summary): PushedSummary => ({
  version: version(row.version),
  lastAt: instant(row.last_at.getTime()),
  ...(row.mean !== null && { values: { mean: row.mean, count: row.count } }),
  ...(row.requests !== null && {
    counts: { requests: row.requests, errors: row.errors ?? 0 },
  }),
});
