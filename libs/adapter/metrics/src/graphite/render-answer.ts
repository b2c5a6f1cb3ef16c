import type { SourceAnswer, SourceQuestion } from '@spillway/application';
import { z } from 'zod';
import { failure, jsonNumber, numberAnswer, severalSeries, shaped } from '../backend-call/index.js';
import { wholeSeconds } from './render-call.js';

/** `null` where nothing came in; infinite values come as 1e9999. */
const point = z.tuple([jsonNumber, z.number()]);

const rendered = z.array(z.object({ target: z.string(), datapoints: z.array(point) }));

const howToAggregate = 'Put sumSeries() or averageSeries() around the query.';

/** Reads what Graphite renders for `renderQuery`. */
export function readRendered(json: unknown, { to }: SourceQuestion): SourceAnswer {
  const read = shaped(rendered, json);
  if (read.kind === 'error') return read;
  const [only, ...others] = read.value;
  if (only === undefined) return { kind: 'empty' };
  if (others.length > 0) {
    return severalSeries(
      read.value.map(({ target }) => target),
      howToAggregate,
    );
  }
  const [first, ...more] = only.datapoints;
  if (more.length > 0) {
    return failure(
      `${only.datapoints.length} points came where maxDataPoints asks for one. ` +
        'It takes Graphite 0.9.14 or newer.',
    );
  }
  if (first === undefined) return { kind: 'empty' };
  const [value, slot] = first;
  // To a window within one slot Graphite answers with the next slot, which is after the window.
  return value === null || slot >= wholeSeconds(to) ? { kind: 'empty' } : numberAnswer(value);
}
