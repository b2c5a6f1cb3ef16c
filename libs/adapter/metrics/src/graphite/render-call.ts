import type { SourceQuestion } from '@spillway/application';

/**
 * The query of a render call that gives one point for the window.
 *
 * Graphite files what came in between T and T + step under T, and gives the slots after `from`, up
 * to and with `until`. A second less on both sides therefore means the slots from the window's
 * beginning, without the one that only begins at its end: that one is still being filled, and would
 * give another answer when asked again. `maxDataPoints=1` makes one point of all slots, by the
 * average or by what `consolidateBy()` in the query says.
 */
export const renderQuery = ({
  query,
  from,
  to,
}: SourceQuestion): Readonly<Record<string, string>> => ({
  target: query,
  from: String(wholeSeconds(from) - 1),
  until: String(wholeSeconds(to) - 1),
  format: 'json',
  maxDataPoints: '1',
});

/** The first whole second that is not before this moment. */
export const wholeSeconds = (moment: number): number => Math.ceil(moment / 1_000);
