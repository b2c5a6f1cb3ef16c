import type {
  JudgedMeasurement,
  Look,
  LookFilter,
  MeasurementStore,
  Page,
  PageRequest,
} from '@spillway/application';
import type { Measurement } from '@spillway/domain-analysis';
import type { ReleaseId } from '@spillway/kernel';
import type { EntityManager } from 'typeorm';
import { askedTogether, writtenTogether } from '../asked-together.js';
import { preparedQuery } from '../prepared-query.js';
import { rowReader, type Raw } from '../row-reader.js';
import {
  KnownMeasurements,
  allNew,
  textOf,
  type Found,
  type News,
  type Step,
} from './known-measurements.js';
import { listLooks } from './list-looks.js';
import { toMeasurement } from './measurement-mapping.js';
import { MeasurementRow } from './measurement-row.js';

/** What is new in each step, and of how many measurements in all. */
const newOfSteps = (columns: string): string => `
  with asked as materialized (
    select step.release, step.step, step.new_from, step.news, (
      select count(*)::integer from measurements
      where measurements.release = step.release and measurements.step = step.step) as total
    from unnest($1::uuid[], $2::integer[], $3::integer[], $4::jsonb[])
      as step (release, step, new_from, news))
  select asked.release, asked.step, asked.total, ${columns}
  from asked left join measurements on measurements.release = asked.release
    and measurements.step = asked.step and measurements.ordinal >= asked.new_from
    and measurements.ordinal >= coalesce(
      (asked.news ->> (measurements.metric || chr(1) || measurements.cluster))::integer, 0)
  order by measurements.metric, measurements.cluster, measurements.ordinal`;

const addSql = `
  insert into measurements
    (release, step, metric, cluster, ordinal, window_from, window_to, reading, query, verdict)
  select made.release, made.step, made.metric, made.cluster, made.ordinal,
    to_timestamp(made."from" / 1000.0), to_timestamp(made."to" / 1000.0), made.reading, made.query,
    made.verdict
  from jsonb_to_recordset($1::jsonb) as made (release uuid, step integer, metric text, cluster text,
    ordinal integer, "from" bigint, "to" bigint, reading jsonb, query text, verdict jsonb)
  on conflict do nothing`;

const of = (step: Step, found: ReadonlyMap<string, Found>): Found =>
  found.get(textOf(step)) ?? { total: 0, measurements: [] };

export class TypeOrmMeasurementStore implements MeasurementStore {
  private readonly steps = askedTogether((steps: readonly Step[]) => this.ofSteps(steps), textOf);
  private readonly put = writtenTogether((all: readonly (readonly object[])[]) =>
    this.putAll(all.flat()),
  );

  /** What this transaction adds may never be committed, so nothing is known by what it reads then. */
  private hasAdded = false;

  constructor(
    private readonly manager: EntityManager,
    private readonly known: KnownMeasurements,
  ) {}

  async ofStep(release: ReleaseId, step: number): Promise<readonly Measurement[]> {
    return (await this.steps({ release, step })) ?? [];
  }

  async add(
    release: ReleaseId,
    step: number,
    measurements: readonly JudgedMeasurement[],
  ): Promise<void> {
    if (measurements.length === 0) return;
    this.hasAdded = true;
    await this.put(measurements.map((one) => ({ ...one, release, step })));
  }

  private async putAll(rows: readonly object[]): Promise<void> {
    await preparedQuery(this.manager, addSql, [JSON.stringify(rows)]);
  }

  private async ofSteps(
    steps: readonly Step[],
  ): Promise<ReadonlyMap<string, readonly Measurement[]>> {
    const before = this.knowledge();
    const found = await this.from(steps, (step) => before.newIn(step));
    // Something may have been added meanwhile.
    const known = this.knowledge();
    const all = steps.map((step) => ({ step, made: known.with(step, of(step, found)) }));
    const doubtful = all.filter(({ made }) => made === undefined).map(({ step }) => step);
    const anew = doubtful.length === 0 ? found : await this.from(doubtful, () => allNew);
    return new Map(
      all.map(({ step, made }) => [textOf(step), made ?? of(step, anew).measurements]),
    );
  }

  private knowledge(): KnownMeasurements {
    return this.hasAdded ? new KnownMeasurements() : this.known;
  }

  private async from(
    steps: readonly Step[],
    newIn: (step: Step) => News,
  ): Promise<ReadonlyMap<string, Found>> {
    const reader = rowReader(this.manager, MeasurementRow);
    const news = steps.map(newIn);
    const text = newOfSteps(reader.columns('query', 'release', 'step'));
    const rows = await preparedQuery<Raw & Step & { readonly total: number }>(this.manager, text, [
      steps.map(({ release }) => release),
      steps.map(({ step }) => step),
      news.map(({ from }) => from),
      news.map(({ bySeries }) => JSON.stringify(bySeries)),
    ]);
    const found = new Map<string, { total: number; measurements: Measurement[] }>();
    for (const raw of rows) {
      const key = textOf(raw);
      const ofStep = found.get(key) ?? { total: raw.total, measurements: [] };
      found.set(key, ofStep);
      // A step of which nothing is new has one row all the same.
      if (raw['ordinal'] !== null) ofStep.measurements.push(toMeasurement(reader.fromRow(raw)));
    }
    return found;
  }

  looks(release: ReleaseId, filter: LookFilter, page: PageRequest): Promise<Page<Look>> {
    return listLooks(this.manager, release, filter, page);
  }
}
