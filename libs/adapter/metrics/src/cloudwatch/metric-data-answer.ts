import type { SourceAnswer } from '@spillway/application';
import { z } from 'zod';
import {
  failure,
  incomplete,
  jsonNumber,
  numberAnswer,
  severalSeries,
  shaped,
} from '../backend-call/index.js';

const message = z.object({ Code: z.string().optional(), Value: z.string().optional() });

const dataResult = z.object({
  Id: z.string(),
  Label: z.string().optional(),
  StatusCode: z.string(),
  Messages: z.array(message).optional(),
  /** JSON has no NaN and no Infinity: AWS writes them as text. */
  Values: z.array(z.union([jsonNumber, z.literal(['NaN', 'Infinity', '-Infinity'])])),
});

const metricData = z.object({
  MetricDataResults: z.array(dataResult),
  Messages: z.array(message).optional(),
  NextToken: z.string().optional(),
});

type DataResult = z.infer<typeof dataResult>;
type MetricData = z.infer<typeof metricData>;

const howToAggregate =
  'Leave out GROUP BY, put SUM() or AVG() around a SEARCH(), ' +
  'and set "ReturnData": false on all MetricDataQueries but one.';

/** Reads the answer to a GetMetricData over one period. */
export function readMetricData(json: unknown): SourceAnswer {
  const read = shaped(metricData, json);
  if (read.kind === 'error') return read;
  const doubt = doubtAbout(read.value);
  if (doubt !== undefined) return incomplete(doubt);
  const { MetricDataResults: results } = read.value;
  const [only, ...others] = results;
  if (only === undefined) return { kind: 'empty' };
  if (others.length > 0) return severalSeries(results.map(nameOf), howToAggregate);
  const [value, ...more] = only.Values;
  if (value === undefined) return { kind: wasDropped(only) ? 'notANumber' : 'empty' };
  if (more.length === 0) return numberAnswer(Number(value ?? NaN));
  return failure(
    `${only.Values.length} points came where one number is needed. ` +
      'Leave out "Period": it then is as long as the window.',
  );
}

/** Why there may be more data than came: CloudWatch sends what it has, with HTTP 200. */
function doubtAbout({
  MetricDataResults,
  Messages = [],
  NextToken,
}: MetricData): string | undefined {
  for (const result of MetricDataResults) {
    const { StatusCode, Messages: own = [] } = result;
    if (StatusCode === 'Complete' && (own.length === 0 || wasDropped(result))) continue;
    return [`${nameOf(result)} is ${StatusCode}`, ...own.map(wordsOf)].join('; ');
  }
  if (Messages.length > 0) return Messages.map(wordsOf).join('; ');
  return NextToken === undefined ? undefined : 'it comes in several parts; ask for less';
}

/** Metric math leaves out what is no number, such as errors of no requests in percent. */
const wasDropped = ({ Messages = [] }: DataResult): boolean =>
  Messages.length > 0 && Messages.every(({ Code }) => Code === 'ArithmeticError');

const nameOf = ({ Id, Label }: DataResult): string => Label ?? Id;

const wordsOf = ({ Code, Value }: z.infer<typeof message>): string =>
  [Code, Value].filter((text) => text !== undefined).join(': ');
