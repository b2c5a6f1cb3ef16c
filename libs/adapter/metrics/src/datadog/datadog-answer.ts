import type { SourceAnswer, SourceQuestion } from '@spillway/application';
import { z } from 'zod';
import {
  failure,
  incomplete,
  jsonNumber,
  numberAnswer,
  severalSeries,
  shaped,
} from '../backend-call/index.js';

/** Milliseconds at which the bucket begins, and its value. */
const point = z.tuple([z.number(), jsonNumber]);

const body = z.object({
  status: z.string(),
  message: z.string().optional(),
  series: z.array(
    z.object({
      expression: z.string().optional(),
      scope: z.string().optional(),
      /** Seconds. */
      interval: z.number(),
      pointlist: z.array(point),
    }),
  ),
});

type Series = z.infer<typeof body>['series'][number];

const howToAggregate =
  'Leave out "by {…}", or put the query into an aggregation such as avg(…) or sum(…).';

/**
 * The newest bucket that ended within the window and has a value. Datadog's points stand at the
 * beginning of their bucket, and the last bucket is mostly still filling: a count would be too small.
 * How a bucket and the series in it become one number is the query's own business.
 */
export function readDatadog(json: unknown, { from, to }: SourceQuestion): SourceAnswer {
  const read = shaped(body, json);
  if (read.kind === 'error') return read;
  const { status, message, series } = read.value;
  if (status !== 'ok') return incomplete(message || `its status is "${status}"`);
  const [only, ...others] = series;
  if (only === undefined || series.every(({ pointlist }) => pointlist.length === 0)) {
    return { kind: 'empty' };
  }
  if (others.length > 0) return severalSeries(series.map(nameOf), howToAggregate);
  const length = only.interval * 1_000;
  const ended = only.pointlist.filter(([at]) => at + length > from && at + length <= to);
  if (ended.length === 0) return noBucket(only);
  return numberAnswer(ended.findLast(([, value]) => value !== null)?.[1] ?? null);
}

const nameOf = ({ scope, expression }: Series): string => scope || expression || 'unnamed';

const noBucket = ({ interval }: Series): SourceAnswer =>
  failure(
    `no bucket of ${interval} s ended within the window. Ask for a longer window, or for ` +
      'shorter buckets with .rollup(avg, 20).',
  );
