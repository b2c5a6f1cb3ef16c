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
import { listLooks } from './list-looks.js';
import { toMeasurement } from './measurement-mapping.js';
import { MeasurementRow } from './measurement-row.js';

const ofStepsSql = `
  from unnest($1::uuid[], $2::integer[]) as asked (release, step)
    join measurements on measurements.release = asked.release and measurements.step = asked.step
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

interface Step {
  readonly release: string;
  readonly step: number;
}

const textOf = ({ release, step }: Step): string => `${release} ${step}`;

export class TypeOrmMeasurementStore implements MeasurementStore {
  private readonly steps = askedTogether((steps: readonly Step[]) => this.ofSteps(steps), textOf);
  private readonly put = writtenTogether((all: readonly (readonly object[])[]) =>
    this.putAll(all.flat()),
  );

  constructor(private readonly manager: EntityManager) {}

  async ofStep(release: ReleaseId, step: number): Promise<readonly Measurement[]> {
    return (await this.steps({ release, step })) ?? [];
  }

  async add(
    release: ReleaseId,
    step: number,
    measurements: readonly JudgedMeasurement[],
  ): Promise<void> {
    if (measurements.length === 0) return;
    await this.put(measurements.map((one) => ({ ...one, release, step })));
  }

  private async putAll(rows: readonly object[]): Promise<void> {
    await preparedQuery(this.manager, addSql, [JSON.stringify(rows)]);
  }

  private async ofSteps(
    steps: readonly Step[],
  ): Promise<ReadonlyMap<string, readonly Measurement[]>> {
    const reader = rowReader(this.manager, MeasurementRow);
    const text = `select ${reader.columns('query')} ${ofStepsSql}`;
    const rows = await preparedQuery<Raw>(this.manager, text, [
      steps.map(({ release }) => release),
      steps.map(({ step }) => step),
    ]);
    const found = new Map<string, Measurement[]>();
    for (const raw of rows) {
      const row = reader.fromRow(raw);
      const step = textOf(row);
      const ofStep = found.get(step) ?? [];
      found.set(step, ofStep);
      ofStep.push(toMeasurement(row));
    }
    return found;
  }

  looks(release: ReleaseId, filter: LookFilter, page: PageRequest): Promise<Page<Look>> {
    return listLooks(this.manager, release, filter, page);
  }
}
