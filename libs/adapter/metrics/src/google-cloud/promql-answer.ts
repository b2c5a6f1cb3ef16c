import type { SourceAnswer } from '@spillway/application';
import { failure, numberAnswer, severalSeries } from '../backend-call/index.js';
import { parseAnswer, type Series } from '../prometheus/answer.js';

/** The one number of an answer to an instant query. */
export function readPromQl(json: unknown): SourceAnswer {
  const answer = parseAnswer(json);
  if (answer.kind !== 'series') return failure(answer.message);
  const [only, ...others] = answer.series;
  if (only === undefined) return { kind: 'empty' };
  return others.length === 0
    ? numberAnswer(only.value)
    : severalSeries(answer.series.map(nameOf), 'Put sum(…) or avg(…) around the query.');
}

function nameOf({ labels }: Series): string {
  const { __name__: name = '', ...rest } = labels;
  const pairs = Object.entries(rest).map(([label, value]) => `${label}="${value}"`);
  return `${name}{${pairs.join(', ')}}`;
}
