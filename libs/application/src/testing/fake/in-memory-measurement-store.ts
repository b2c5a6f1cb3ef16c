import type { Measurement } from '@spillway/domain-analysis';
import type { ReleaseId } from '@spillway/kernel';
import type { MeasurementStore } from '../../port/measurement-store.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText } from './paging.js';

const inOrder = (a: Measurement, b: Measurement): number =>
  byText<Measurement>(({ metric }) => metric)(a, b) ||
  byText<Measurement>(({ cluster }) => cluster)(a, b) ||
  a.ordinal - b.ordinal;

export class InMemoryMeasurementStore implements MeasurementStore {
  constructor(private readonly draft: Draft) {}

  ofStep(release: ReleaseId, step: number): Promise<readonly Measurement[]> {
    const found = [...this.draft.tables.measurements.values()]
      .filter((each) => each.release === release && each.step === step)
      .map(({ measurement }) => measurement);
    return Promise.resolve(found.sort(inOrder));
  }

  add(release: ReleaseId, step: number, measurements: readonly Measurement[]): Promise<void> {
    const { measurements: stored } = this.draft.tables;
    for (const measurement of measurements) {
      const { metric, cluster, ordinal } = measurement;
      const key = JSON.stringify([release, step, metric, cluster, ordinal]);
      if (!stored.has(key)) stored.set(key, kept({ release, step, measurement }));
    }
    return Promise.resolve();
  }
}
