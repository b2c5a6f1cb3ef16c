import type { Dice } from '../simulation/dice.js';
import type { HistorySeries } from './src/index.js';

/** One request, by when it ended. */
export interface MadeRequest {
  readonly at: number;
  readonly version: string;
  readonly failed: boolean;
  readonly latencyMs: number;
}

/** A request and the scrape that showed it first. */
export interface SeenRequest extends MadeRequest {
  readonly seenAt: number;
}

/** From its start to its end a process counts; then its counters are gone. */
export interface Life {
  readonly from: number;
  readonly to: number;
  readonly requests: readonly MadeRequest[];
}

export interface ScrapedPod {
  readonly host: string;
  readonly version: string;
  readonly name: string;
  readonly lives: readonly Life[];
  /** Moments of the scrapes that worked. */
  readonly scrapes: readonly number[];
}

export const bounds = [10, 50, 250];

/** Which requests a Prometheus ever gets to see, and when: each at the next scrape of the process that counted it. */
export const seenOf = ({ lives, scrapes }: ScrapedPod): readonly SeenRequest[] =>
  lives.flatMap(({ to, requests }) =>
    requests.flatMap((request) => {
      const seenAt = scrapes.find((moment) => moment >= request.at && moment < to);
      return seenAt === undefined ? [] : [{ ...request, seenAt }];
    }),
  );

/** What the scrapes of a pod showed, as Istio names it. A series begins with its first request. */
export function historyOf(pod: ScrapedPod): readonly HistorySeries[] {
  const all = new Map<string, { series: HistorySeries; samples: [number, number][] }>();
  for (const moment of pod.scrapes) {
    const life = pod.lives.find(({ from, to }) => from <= moment && moment < to);
    const counted = life?.requests.filter(({ at }) => at <= moment) ?? [];
    for (const [name, labels, value] of exposed(pod, counted)) {
      const key = JSON.stringify([name, labels]);
      const known = all.get(key) ?? { series: { name, labels, samples: [] }, samples: [] };
      all.set(key, known);
      known.samples.push([moment, value]);
    }
  }
  return [...all.values()].map(({ series, samples }) => ({ ...series, samples }));
}

type Exposed = readonly [name: string, labels: Readonly<Record<string, string>>, value: number];

function exposed(
  { host, version, name }: ScrapedPod,
  counted: readonly MadeRequest[],
): readonly Exposed[] {
  const labels = {
    reporter: 'destination',
    destination_service: host,
    destination_version: version,
    pod: name,
  };
  return [false, true].flatMap((failed): readonly Exposed[] => {
    const own = counted.filter((request) => request.failed === failed);
    if (own.length === 0) return [];
    const response_code = failed ? '503' : '200';
    const buckets = [...bounds, Infinity].map((bound): Exposed => {
      const le = bound === Infinity ? '+Inf' : String(bound);
      const count = own.filter(({ latencyMs }) => latencyMs <= bound).length;
      return [
        'istio_request_duration_milliseconds_bucket',
        { ...labels, response_code, le },
        count,
      ];
    });
    return [['istio_requests_total', { ...labels, response_code }, own.length], ...buckets];
  });
}

const second = 1_000;

/** A minute is long enough to count more than the next life counts until its first scrape. */
const shortestLife = 90 * second;

/**
 * A pod that is born, crashes, comes back, is not scraped for minutes and goes, between `from` and
 * `to`. Scrapes come every 15 seconds, as punctually as those of Prometheus.
 */
export function randomPod(
  dice: Dice,
  { host, version, name }: Pick<ScrapedPod, 'host' | 'version' | 'name'>,
  { from, to }: { readonly from: number; readonly to: number },
): ScrapedPod {
  const [born, gone] = [from + dice.under(1_200 * second), to - dice.under(600 * second)];
  const lives: Life[] = [];
  for (let start = born; start + shortestLife < gone;) {
    const end = Math.min(gone, start + shortestLife + dice.under(400 * second));
    lives.push({ from: start, to: end, requests: randomRequests(dice, version, start, end) });
    start = end + dice.under(20 * second);
  }
  const phase = dice.under(15 * second);
  const scrapes: number[] = [];
  for (let tick = from + phase; tick < gone; tick += 15 * second) {
    scrapes.push(tick + dice.under(10) - 5);
  }
  const blind = blindTimes(dice, lives);
  const works = (moment: number): boolean =>
    blind.every(([start, end]) => moment < start || moment > end);
  return { host, version, name, lives, scrapes: scrapes.filter(works) };
}

/** Times in the middle of a life in which scrapes fail, up to three minutes. */
const blindTimes = (dice: Dice, lives: readonly Life[]): readonly (readonly [number, number])[] =>
  lives
    .filter(({ from, to }) => to - from > 300 * second && dice.under(2) === 0)
    .map(({ from }) => [from + 60 * second, from + (75 + dice.under(180)) * second] as const);

function randomRequests(
  dice: Dice,
  version: string,
  from: number,
  to: number,
): readonly MadeRequest[] {
  const requests: MadeRequest[] = [];
  for (let at = from; at < to; at += dice.under(400)) {
    const latencyMs = dice.one([5, 30, 30, 200, 900]);
    requests.push({ at, version, failed: dice.under(3) === 0, latencyMs });
  }
  return requests;
}
