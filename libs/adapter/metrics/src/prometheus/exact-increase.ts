import { duration, formatDuration, instant, type Duration, type Instant } from '@spillway/kernel';

/** An instant query, and the moment to evaluate it at. */
export interface InstantQuery {
  readonly promql: string;
  readonly time: Instant;
}

export interface IncreaseQuestion {
  /** A counter with its matchers. */
  readonly series: string;
  /** Labels that are told apart. */
  readonly by: readonly string[];
  /** The window is (`at` − `window`, `at`]. */
  readonly at: Instant;
  readonly window: Duration;
  readonly scrapeInterval: Duration;
}

/** Across a longer gap nobody knows when the requests came; Prometheus itself looks back as far. */
const longestGap = 5 * 60_000;
/** Who was silent for longer is taken for somebody new. */
const memory = 60 * 60_000;
/** Longer windows are looked at more coarsely: a look costs the backend as much in any of them. */
const mostSteps = 20;
/** Until every target of a backend that has just started was scraped, none of its series is new. */
const scrapesToKnowAll = 4;

/**
 * By how much counters grew in a window, counted exactly: windows that touch share no request and
 * lose none, and counts are whole but for the rounding of floats.
 *
 * `increase` cannot be used. It stretches what it saw between the first and the last scrape of the
 * window to the window's edges, so with 15 s between scrapes a window of 30 s counts half of its
 * requests twice, and it leaves out what a series counted before its first scrape, which for an
 * error that has just begun is the evidence. Here a request belongs to the window of the scrape
 * that showed it first. The window is walked in steps of at most a scrape interval:
 *
 * - `irate` over the ends of one step gives the difference of the last samples before them, or the
 *   new value alone after a reset, and extrapolates nothing. Its range holds the step's two ends
 *   whether ranges are open on the left (Prometheus 3) or not. The last sample may be five minutes
 *   old, so what a target counted while it could not be scraped comes with its next scrape, and a
 *   pod that is gone keeps what it counted. After a longer gap nothing is counted: its requests
 *   belong to no window, and the counter's whole life to this one least of all;
 * - a series with no sample in the hour before its step is new and counts from zero. Not so while
 *   the backend itself is new (no `up` some scrapes ago): after a restart without its data every
 *   series would look like that. Those come with the label `born`, for `or` joins no equal labels.
 *
 * Steps of a subquery lie on whole multiples of their length; the offset moves those before `at`
 * onto it. A range is a millisecond shorter than the window, or Prometheus 2 would take in the
 * step before it too.
 *
 * Not seen: what was counted between the last scrape and a crash; a reset within a step whose
 * counter has overtaken its old self by the next look; that a counter is old when its target is
 * scraped again after more than an hour or for the first time.
 */
export function exactIncrease(question: IncreaseQuestion): InstantQuery {
  const { series, by, at, window, scrapeInterval } = question;
  const step = stepOf(window, scrapeInterval);
  const time = instant(Math.ceil(at / step) * step);
  const late = time - at;
  const last = (range: number, before: number): string =>
    `last_over_time(${series}[${text(range)}]${offset(late + before)})`;
  const inWindow = (of: string): string =>
    `sum by (${by.join(', ')}) (sum_over_time(${of}[${text(window - 1)}:${text(step)}]))`;

  const grown = `irate(${last(Math.max(longestGap, 2 * step), 0)}[${text(step + 1)}:${text(step)}])`;
  const isOld = `group(up${offset(late + step + scrapesToKnowAll * scrapeInterval)})`;
  const known = last(Math.max(memory, 3 * step), step);
  const born = `((${last(step, 0)} unless ${known}) and on () ${isOld})`;
  const promql =
    `${inWindow(grown)} * ${step / 1_000} or ` +
    `label_replace(${inWindow(born)}, "born", "yes", "", "")`;
  return { promql, time };
}

const text = (ms: number): string => formatDuration(duration(ms));

const offset = (ms: number): string => (ms === 0 ? '' : ` offset ${text(ms)}`);

/** The longest step up to a scrape interval that the window is a multiple of. */
function stepOf(window: Duration, scrapeInterval: Duration): Duration {
  const fewest = Math.min(mostSteps, Math.ceil(window / scrapeInterval));
  for (let steps = fewest; steps <= 2 * fewest; steps += 1) {
    if (window % steps === 0) return duration(window / steps);
  }
  return window;
}
