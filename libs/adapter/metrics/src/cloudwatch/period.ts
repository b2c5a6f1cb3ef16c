import type { SourceQuestion } from '@spillway/application';

/** One of CloudWatch's own periods, in seconds since 1970: [start, start + length). */
export interface Period {
  readonly start: number;
  readonly length: number;
}

const minute = 60;
/** What metrics of high resolution have below a minute. */
const shortPeriods = [30, 20, 10, 5, 1];

/**
 * The longest period that is within the window. CloudWatch adds up by whole minutes, or by these
 * parts of one, and looks before the window if its start is between two of them; what came before
 * may belong to another weight.
 */
export function periodWithin({
  from,
  to,
}: Pick<SourceQuestion, 'from' | 'to'>): Period | undefined {
  const [first, end] = [from / 1_000, to / 1_000];
  const minutes = { start: ceilTo(minute, first), end: floorTo(minute, end) };
  if (minutes.start < minutes.end) {
    return { start: minutes.start, length: minutes.end - minutes.start };
  }
  return shortPeriods
    .map((length) => ({ start: ceilTo(length, first), length }))
    .find(({ start, length }) => start + length <= end);
}

const ceilTo = (step: number, seconds: number): number => Math.ceil(seconds / step) * step;
const floorTo = (step: number, seconds: number): number => Math.floor(seconds / step) * step;
