import type { SourceAnswer } from '@spillway/application';
import { duration } from '@spillway/kernel';

export type SourceError = Extract<SourceAnswer, { kind: 'error' }>;

export const failure = (message: string, retryAfterMs?: number): SourceError => ({
  kind: 'error',
  message,
  ...(retryAfterMs === undefined ? {} : { retryAfter: duration(retryAfterMs) }),
});

/** A number as JSON has it: backends write `null` where a computation has no result. */
export const numberAnswer = (value: number | null): SourceAnswer =>
  value !== null && Number.isFinite(value) ? { kind: 'value', value } : { kind: 'notANumber' };

const shown = 3;

/** To pick one of several series would be a guess. `howToAggregate` is an imperative sentence. */
export function severalSeries(names: readonly string[], howToAggregate: string): SourceError {
  const more = names.length > shown ? ', …' : '';
  const some = names.slice(0, shown).join(', ');
  return failure(
    `${names.length} series came (${some}${more}) where one number is needed. ${howToAggregate}`,
  );
}

/** A judgement on a part of the data would look like one on all of it. */
export const incomplete = (why: string): SourceError =>
  failure(`the answer may be incomplete: ${why}`);
