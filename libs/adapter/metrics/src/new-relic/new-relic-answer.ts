import type { SourceAnswer } from '@spillway/application';
import { z } from 'zod';
import { failure, incomplete, numberAnswer, severalSeries, shaped } from '../backend-call/index.js';

const result = z.record(z.string(), z.unknown());

const body = z.object({
  data: z.object({
    actor: z.object({
      account: z.object({
        nrql: z.object({
          results: z.array(result),
          metadata: z.object({ messages: z.array(z.string()).nullish() }).nullish(),
        }),
      }),
    }),
  }),
});

type Result = z.infer<typeof result>;

/** What is said of a result that is not its value. */
const besideValue = new Set([
  'facet',
  'comparison',
  'beginTimeSeconds',
  'endTimeSeconds',
  'inspectedCount',
]);

/**
 * The one aggregate of the one result. NRQL aggregates over the whole window itself; `null` is what
 * it makes of a division by nothing, or of an average over no events.
 */
export function readNewRelic(json: unknown): SourceAnswer {
  const read = shaped(body, json);
  if (read.kind === 'error') return read;
  const { results, metadata } = read.value.data.actor.account.nrql;
  const messages = metadata?.messages ?? [];
  if (messages.length > 0) return incomplete(messages.join('; '));
  const [only, ...others] = results;
  if (only === undefined) return { kind: 'empty' };
  if (others.length > 0) {
    return severalSeries(results.map(nameOf), 'Leave out FACET, TIMESERIES and COMPARE WITH.');
  }
  return oneValue(only);
}

type Leaf = readonly [name: string, value: unknown];

function oneValue(one: Result): SourceAnswer {
  const leaves = Object.entries(one)
    .filter(([key]) => !besideValue.has(key))
    .flatMap(leavesOf);
  // An attribute of a FACET stands beside the value, as text.
  const values = leaves.filter(([, value]) => typeof value === 'number' || value === null);
  const [only, ...others] = values;
  if (others.length > 0) {
    const names = values.map(([name]) => name);
    return severalSeries(names, 'SELECT one aggregate, such as average(duration).');
  }
  if (only !== undefined) return numberAnswer(only[1] as number | null);
  if (leaves.length === 0) return { kind: 'empty' };
  return failure(
    `no number in the result, but ${leaves.map(([name]) => name).join(', ')}. ` +
      'SELECT an aggregate, such as count(*).',
  );
}

/** percentile() puts a value for each percentile into an object. */
const leavesOf = ([name, value]: Leaf): readonly Leaf[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).map(([key, inner]): Leaf => [`${name} ${key}`, inner])
    : [[name, value]];

const nameOf = ({ facet, comparison, beginTimeSeconds }: Result): string =>
  JSON.stringify(facet ?? comparison ?? beginTimeSeconds ?? 'an event');
