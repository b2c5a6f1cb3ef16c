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

const warnings = z.array(z.string()).nullish();

const body = z.object({
  nextPageKey: z.string().nullish(),
  warnings,
  result: z.array(
    z.object({
      metricId: z.string(),
      /** What was to be read, as a share of what one query may read. */
      dataPointCountRatio: z.number().nullish(),
      dimensionCountRatio: z.number().nullish(),
      warnings,
      data: z.array(z.object({ dimensions: z.array(z.string()), values: z.array(jsonNumber) })),
    }),
  ),
});

type Body = z.infer<typeof body>;

/**
 * The one value of the one tuple of the one metric, which `resolution=Inf` makes of the whole window.
 * `null` is a gap in Dynatrace: no data came in.
 */
export function readDynatrace(json: unknown): SourceAnswer {
  const read = shaped(body, json);
  if (read.kind === 'error') return read;
  const gap = gapIn(read.value);
  if (gap !== undefined) return incomplete(gap);
  const tuples = read.value.result.flatMap(({ metricId, data }) =>
    data.map(({ dimensions, values }) => ({ name: [metricId, ...dimensions].join(' '), values })),
  );
  const [only, ...others] = tuples;
  if (only === undefined) return { kind: 'empty' };
  if (others.length > 0) {
    return severalSeries(
      tuples.map(({ name }) => name),
      'Select one metric, and end it with :splitBy() and an aggregation such as :avg or :sum.',
    );
  }
  const [value, ...more] = only.values;
  if (more.length > 0) {
    return failure(
      `${only.values.length} points came where resolution=Inf asks for one. ` +
        'End the selector with :fold.',
    );
  }
  return value === undefined || value === null ? { kind: 'empty' } : numberAnswer(value);
}

/** What Dynatrace left out, in its own words or in figures. */
function gapIn({ warnings: general, result, nextPageKey }: Body): string | undefined {
  const said = [general, ...result.map((one) => one.warnings)].flatMap((one) => one ?? []);
  if (said.length > 0) return said.join('; ');
  if (nextPageKey) return 'there are more pages; end the selector with :splitBy()';
  const share = Math.max(
    0,
    ...result.flatMap((one) => [one.dataPointCountRatio ?? 0, one.dimensionCountRatio ?? 0]),
  );
  return share > 1
    ? `the query had to read ${share} times what one may, and the rest was ignored; add a :filter()`
    : undefined;
}
