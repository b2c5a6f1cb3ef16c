import { instant, type Version } from '@spillway/kernel';
import type {
  PushedFigure,
  PushedMeasurement,
  PushedQuestion,
  PushedStore,
  PushedSummary,
} from '../../port/pushed-store.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText } from './paging.js';

const keptMs = 24 * 3_600_000;

export class InMemoryPushedStore implements PushedStore {
  constructor(private readonly draft: Draft) {}

  add(batch: readonly PushedMeasurement[]): Promise<void> {
    const { tables, now } = this.draft;
    const young = tables.pushed.filter(({ at }) => at > now - keptMs);
    tables.pushed.splice(0, tables.pushed.length, ...young, ...kept(batch));
    return Promise.resolve();
  }

  within({
    metric,
    cluster,
    service,
    from,
    to,
  }: PushedQuestion): Promise<readonly PushedSummary[]> {
    const found = this.draft.tables.pushed
      .filter((one) => one.metric === metric && one.cluster === cluster && one.service === service)
      .filter(({ at }) => at > from && at <= to);
    const versions = [...new Set(found.map(({ version }) => version))];
    return Promise.resolve(
      versions.sort(byText(String)).map((version) =>
        summary(
          version,
          found.filter((one) => one.version === version),
        ),
      ),
    );
  }
}

function summary(version: Version, measurements: readonly PushedMeasurement[]): PushedSummary {
  const figures = measurements.map(({ figure }) => figure);
  const values = figures.flatMap((figure) => (figure.kind === 'value' ? [figure.value] : []));
  const counts = figures.filter(isCounts);
  return {
    version,
    lastAt: instant(Math.max(...measurements.map(({ at }) => at))),
    ...(values.length > 0 && {
      values: { mean: sum(values) / values.length, count: values.length },
    }),
    ...(counts.length > 0 && {
      counts: {
        requests: sum(counts.map(({ requests }) => requests)),
        errors: sum(counts.map(({ errors }) => errors)),
      },
    }),
  };
}

const isCounts = (figure: PushedFigure): figure is PushedFigure & { readonly kind: 'counts' } =>
  figure.kind === 'counts';

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
