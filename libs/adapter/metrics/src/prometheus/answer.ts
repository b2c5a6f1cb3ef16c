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

/** A moment and a number as text, for JSON has no NaN. */
const point = z.tuple([z.number(), z.string()]);

const body = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    warnings: z.array(z.string()).optional(),
    data: z.discriminatedUnion('resultType', [
      z.object({
        resultType: z.literal('vector'),
        // A native histogram has `histogram` in place of `value`.
        result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: point })),
      }),
      z.object({ resultType: z.literal('scalar'), result: point }),
    ]),
  }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
]);

/**
 * Reads the body of an answer to an instant query.
 *
 * An answer with warnings is an error: backends warn when a part of the data did
 * not answer (Thanos, remote read) or when the query mixes what cannot be mixed,
 * and a judgement on half of the requests would look like one on all of them.
 */
export function parseAnswer(json: unknown): Answer {
  const parsed = body.safeParse(json);
  if (!parsed.success)
    return failure(`not an answer to an instant query: ${issueOf(parsed.error)}`);
  const answer = parsed.data;
  if (answer.status === 'error') return failure(`${answer.errorType}: ${answer.error}`);
  if (answer.warnings !== undefined && answer.warnings.length > 0) {
    return failure(`the answer may be incomplete: ${answer.warnings.join('; ')}`);
  }
  const { data } = answer;
  if (data.resultType === 'scalar') {
    return { kind: 'series', series: [{ labels: {}, value: numberOf(data.result[1]) }] };
  }
  const series = data.result.map(({ metric, value }) => ({
    labels: metric,
    value: numberOf(value[1]),
  }));
  return { kind: 'series', series };
}

const issueOf = ({ issues: [first] }: z.ZodError): string =>
  first === undefined ? 'unreadable' : `${first.path.join('.') || 'body'}: ${first.message}`;

function numberOf(text: string): number {
  if (text === '+Inf') return Infinity;
  return text === '-Inf' ? -Infinity : Number(text);
}
