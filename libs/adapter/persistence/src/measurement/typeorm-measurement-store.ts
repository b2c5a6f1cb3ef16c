import type { MeasurementStore } from '@spillway/application';
import type { Measurement } from '@spillway/domain-analysis';
import { clusterName, type ReleaseId } from '@spillway/kernel';
import type { EntityManager, Repository } from 'typeorm';
import { MeasurementRow } from './measurement-row.js';

const toMeasurement = (row: MeasurementRow): Measurement => ({
  metric: row.metric,
  cluster: clusterName(row.cluster),
  ordinal: row.ordinal,
  from: row.from,
  to: row.to,
  reading: row.reading,
});

export class TypeOrmMeasurementStore implements MeasurementStore {
  private readonly rows: Repository<MeasurementRow>;

  constructor(manager: EntityManager) {
    this.rows = manager.getRepository(MeasurementRow);
  }

  async ofStep(release: ReleaseId, step: number): Promise<readonly Measurement[]> {
    const rows = await this.rows.find({
      where: { release, step },
      order: { metric: 'ASC', cluster: 'ASC', ordinal: 'ASC' },
    });
    return rows.map(toMeasurement);
  }

  async add(release: ReleaseId, step: number, measurements: readonly Measurement[]): Promise<void> {
    if (measurements.length === 0) return;
    await this.rows
      .createQueryBuilder()
      .insert()
      .values(measurements.map((measurement) => ({ release, step, ...measurement })))
      .orIgnore()
      .execute();
  }
}
