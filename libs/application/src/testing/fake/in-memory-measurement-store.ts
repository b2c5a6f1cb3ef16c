import type { Measurement } from '@spillway/domain-analysis';
import type { ReleaseId } from '@spillway/kernel';
import type {
  JudgedMeasurement,
  Look,
  LookFilter,
  MeasurementStore,
} from '../../port/measurement-store.js';
import type { Page, PageRequest } from '../../port/page.js';
import type { Draft, StepMeasurement } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

const inOrder = (a: Measurement, b: Measurement): number =>
  byText<Measurement>(({ metric }) => metric)(a, b) ||
  byText<Measurement>(({ cluster }) => cluster)(a, b) ||
  a.ordinal - b.ordinal;

export class InMemoryMeasurementStore implements MeasurementStore {
  constructor(private readonly draft: Draft) {}

  ofStep(release: ReleaseId, step: number): Promise<readonly Measurement[]> {
    const found = this.of(release)
      .filter((each) => each.step === step)
      .map(({ measurement: { query: _query, verdict: _verdict, ...measured } }) => measured);
    return Promise.resolve(found.sort(inOrder));
  }

  add(release: ReleaseId, step: number, measurements: readonly JudgedMeasurement[]): Promise<void> {
    const { measurements: tables } = this.draft.tables;
    const stored = new Map(tables.get(release));
    for (const measurement of measurements) {
      const { metric, cluster, ordinal } = measurement;
      const key = JSON.stringify([step, metric, cluster, ordinal]);
      if (!stored.has(key)) stored.set(key, kept({ step, measurement }));
    }
    tables.set(release, stored);
    return Promise.resolve();
  }

  looks(release: ReleaseId, filter: LookFilter, page: PageRequest): Promise<Page<Look>> {
    const { step, metric, cluster } = filter;
    const found = this.of(release)
      .filter((each) => (step ?? each.step) === each.step)
      .map(({ step: index, measurement }): Look => ({ ...measurement, step: index }))
      .filter((look) => (metric ?? look.metric) === look.metric)
      .filter((look) => (cluster ?? look.cluster) === look.cluster)
      .sort((a, b) => b.to - a.to || byText(keyOf)(b, a));
    return Promise.resolve(pageOf(found, page, keyOf));
  }

  private of(release: ReleaseId): readonly StepMeasurement[] {
    return [...(this.draft.tables.measurements.get(release)?.values() ?? [])];
  }
}

const keyOf = ({ to, metric, cluster, step, ordinal }: Look): string =>
  [to, metric, cluster, String(step).padStart(9, '0'), String(ordinal).padStart(9, '0')].join();
