import { refusal, type Refusal } from '@spillway/kernel';
import type { MetricQuery, MetricSpec } from './metric-spec.js';
import { queryVariables, unknownVariable } from './query-template.js';

/** What is wrong with the query of a metric; `undefined` when it can be asked. */
export function refuseQuery({ name, query }: MetricSpec, path: string): Refusal | undefined {
  if (query.kind === 'requestLatency' && !(query.quantile > 0 && query.quantile < 1)) {
    return refusal(
      'INVALID_STRATEGY',
      `Metric "${name}" asks for quantile ${query.quantile}.`,
      'Write a quantile between 0 and 1, e.g. 0.99.',
      `${path}.query`,
    );
  }
  for (const [field, template] of templatesOf(query)) {
    const unknown = unknownVariable(template, queryVariables);
    if (unknown === undefined) continue;
    return refusal(
      'INVALID_STRATEGY',
      `Metric "${name}" asks with {{${unknown}}}, which is not known.`,
      `Known are ${queryVariables.map((known) => `{{${known}}}`).join(', ')}.`,
      `${path}.query.${field}`,
    );
  }
  return undefined;
}

/** What people wrote for a backend, and the field of it. */
function templatesOf(query: MetricQuery): readonly (readonly [field: string, template: string])[] {
  switch (query.kind) {
    case 'promql':
      return [['promql', query.template]];
    case 'source':
      return [['source.value', query.value]];
    case 'sourceCounts':
      return [
        ['sourceCounts.requests', query.requests],
        ['sourceCounts.errors', query.errors],
      ];
    case 'requestSuccessRate':
    case 'requestLatency':
    case 'pushed':
      return [];
  }
}
