import type { SourceQuestion } from '@spillway/application';
import { z } from 'zod';
import { failure, type SourceError } from '../backend-call/index.js';
import { periodWithin } from './period.js';

/** Whatever AWS adds to it comes through. */
const dataQueries = z
  .array(
    z.looseObject({
      Id: z.string(),
      Expression: z.string().optional(),
      MetricStat: z.looseObject({}).optional(),
    }),
  )
  .min(1);

type DataQuery = z.infer<typeof dataQueries>[number];

export type MetricDataBody = { readonly kind: 'body'; readonly body: string } | SourceError;

/**
 * The body of a GetMetricData for one point. The query is JSON as `aws cloudwatch get-metric-data
 * --metric-data-queries` takes it, or else one expression: a Metrics Insights query, or metric math
 * over a SEARCH().
 */
export function metricDataBody(question: SourceQuestion): MetricDataBody {
  const period = periodWithin(question);
  if (period === undefined) {
    return failure('there is no whole second in the window; use one of two minutes or more');
  }
  const { start, length } = period;
  const queries = queriesOf(question.query);
  if ('kind' in queries) return queries;
  const body = JSON.stringify({
    StartTime: start,
    EndTime: start + length,
    MetricDataQueries: queries.map((one) => withPeriod(one, length)),
  });
  return { kind: 'body', body };
}

function queriesOf(query: string): readonly DataQuery[] | SourceError {
  if (!query.trimStart().startsWith('[')) return [{ Id: 'answer', Expression: query }];
  const parsed = dataQueries.safeParse(parseJson(query));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const where = first?.path.join('.') ?? '';
  return failure(
    `the query begins as MetricDataQueries in JSON do, but ${where || 'it'}: ${first?.message ?? 'is unreadable'}`,
  );
}

/** Who gives no period wants the window. */
function withPeriod(query: DataQuery, length: number): DataQuery {
  const { MetricStat: stat } = query;
  return stat === undefined
    ? { Period: length, ...query }
    : { ...query, MetricStat: { Period: length, ...stat } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
