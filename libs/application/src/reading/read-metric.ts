import type { Reading } from '@spillway/domain-analysis';
import type { Connections } from '../connection/connections.js';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { MetricQuestion, MetricsSource } from '../port/metrics-source.js';
import type { NumberSource } from '../port/number-source.js';
import type { SourceRecord } from '../port/source-store.js';
import type { UnitOfWork } from '../port/unit-of-work.js';
import { readPushed } from './read-pushed.js';
import { readSource } from './read-source.js';

/** Where readings come from. */
export interface ReadingDeps {
  readonly unitOfWork: UnitOfWork;
  readonly metrics: Connections<MetricsSource>;
  readonly sources: Connections<NumberSource, SourceRecord>;
}

/** Answers a question from where its query says: the cluster's own metrics, a source, or what was pushed. */
export async function readMetric(
  question: MetricQuestion,
  record: ClusterRecord,
  { unitOfWork, metrics, sources }: ReadingDeps,
): Promise<Reading> {
  const { query } = question;
  switch (query.kind) {
    case 'requestSuccessRate':
    case 'requestLatency':
    case 'promql':
      return metrics.to(record).read(question);
    case 'pushed':
      return unitOfWork.run((tx) => readPushed(query.metric, question, record.name, tx.pushed));
    case 'source':
    case 'sourceCounts': {
      const source = await unitOfWork.run((tx) => tx.sources.get(query.source));
      return source === undefined
        ? { kind: 'error', message: `there is no source "${query.source}"` }
        : readSource(query, question, record.name, sources.to(source));
    }
  }
}
