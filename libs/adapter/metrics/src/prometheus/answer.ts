import { z } from 'zod';

/** One series at one moment. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** May be NaN or infinite. */
  readonly value: number;
}

/** What Prometheus says to a query, or why it says nothing that can be trusted. */
export type Answer =
  | { readonly kind: 'series'; readonly series: readonly Series[] }
  | { readonly kind: 'error'; readonly message: string }
  | Silence;

/** Nobody is there, or nobody says anything in time. */
export interface Silence {
  readonly kind: 'silence';
  readonly message: string;
}

export const failure = (message: string): Answer & { kind: 'error' } => ({
  kind: 'error',
  message,
});

/**
 * All but the series, which come by ten thousands: those are looked at one by one below, in a
 * twentieth of the time that a schema takes.
 */
const body = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    warnings: z.array(z.string()).optional(),
    /** VictoriaMetrics, in place of a warning. */
    isPartial: z.boolean().optional(),
    data: z.discriminatedUnion('resultType', [
      z.object({
        resultType: z.literal('vector'),
        result: z.custom<readonly unknown[]>(Array.isArray),
      }),
      z.object({ resultType: z.literal('scalar'), result: z.unknown() }),
    ]),
  }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
]);

/**
 * Reads the body of an answer to an instant query.
 *
 * An answer with warnings is an error: backends warn when a part of the data did
 * not answer (Thanos, remote read), when a limit cut it off or when the query mixes
 * what cannot be mixed, and a judgement on half of the requests would look like one
 * on all of them.
 */
export function parseAnswer(json: unknown): Answer {
  const parsed = body.safeParse(json);
  if (!parsed.success) return unreadable(issueOf(parsed.error));
  const answer = parsed.data;
  if (answer.status === 'error') return failure(`${answer.errorType}: ${answer.error}`);
  const { warnings = [], isPartial = false, data } = answer;
  if (isPartial || warnings.length > 0) {
    return failure(`the answer may be incomplete: ${warnings.join('; ') || 'isPartial'}`);
  }
  if (data.resultType === 'vector') return vectorOf(data.result);
  const value = valueOf(data.result);
  return value === undefined ? unreadable('data.result') : seriesOf([{ labels: {}, value }]);
}

function vectorOf(result: readonly unknown[]): Answer {
  const series: Series[] = [];
  for (let n = 0; n < result.length; n += 1) {
    const one = result[n];
    if (!isRecord(one)) return unreadable(`data.result.${n}`);
    const metric = one['metric'];
    // A native histogram has `histogram` in place of `value`.
    const value = valueOf(one['value']);
    if (value === undefined) return unreadable(`data.result.${n}.value`);
    if (!isLabels(metric)) return unreadable(`data.result.${n}.metric`);
    series.push({ labels: metric, value });
  }
  return seriesOf(series);
}

const seriesOf = (series: readonly Series[]): Answer => ({ kind: 'series', series });

const unreadable = (where: string): Answer =>
  failure(`not an answer to an instant query: ${where} is not what it should be`);

const issueOf = ({ issues: [first] }: z.ZodError): string => first?.path.join('.') || 'body';

const isRecord = (it: unknown): it is Readonly<Record<string, unknown>> =>
  typeof it === 'object' && it !== null && !Array.isArray(it);

function isLabels(metric: unknown): metric is Series['labels'] {
  if (!isRecord(metric)) return false;
  for (const name in metric) if (typeof metric[name] !== 'string') return false;
  return true;
}

/** Of a moment and a number as text, for JSON has no NaN. `undefined` when it is something else. */
function valueOf(point: unknown): number | undefined {
  if (!Array.isArray(point) || point.length !== 2) return undefined;
  const moment: unknown = point[0];
  const text: unknown = point[1];
  if (typeof moment !== 'number' || typeof text !== 'string') return undefined;
  const special = specialNumbers.get(text);
  if (special !== undefined) return special;
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isNaN(value) ? undefined : value;
}

const specialNumbers: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['+Inf', Infinity],
  ['-Inf', -Infinity],
]);
