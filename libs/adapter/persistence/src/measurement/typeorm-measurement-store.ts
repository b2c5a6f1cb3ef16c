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
import type { EntityManager, Repository } from 'typeorm';
import { listLooks } from './list-looks.js';
import { toMeasurement } from './measurement-mapping.js';
import { MeasurementRow } from './measurement-row.js';

export class TypeOrmMeasurementStore implements MeasurementStore {
  private readonly rows: Repository<MeasurementRow>;

  constructor(private readonly manager: EntityManager) {
    this.rows = manager.getRepository(MeasurementRow);
  }

  async ofStep(release: ReleaseId, step: number): Promise<readonly Measurement[]> {
    const rows = await this.rows.find({
      where: { release, step },
      order: { metric: 'ASC', cluster: 'ASC', ordinal: 'ASC' },
    });
    return rows.map(toMeasurement);
  }

  async add(
    release: ReleaseId,
    step: number,
    measurements: readonly JudgedMeasurement[],
  ): Promise<void> {
    if (measurements.length === 0) return;
    const rows = measurements.map(({ query = null, verdict = null, ...measured }) => ({
      ...measured,
      release,
      step,
      query,
      verdict,
    }));
    await this.rows.createQueryBuilder().insert().values(rows).orIgnore().execute();
  }

  looks(release: ReleaseId, filter: LookFilter, page: PageRequest): Promise<Page<Look>> {
    return listLooks(this.manager, release, filter, page);
  }
}
