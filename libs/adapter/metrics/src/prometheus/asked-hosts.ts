import type { Clock } from '@spillway/application';
import type { Instant } from '@spillway/kernel';

interface Asked {
  readonly at: Instant;
  /** How long after the end of its window, in ms. */
  readonly turn: number;
}

/** Longer than most releases wait between two measurements. */
const rememberMs = 10 * 60_000;
/** Some 4,000 series of latencies, so that no answer keeps the process from what else is due. */
const mostTogether = 100;
/** Longer than any turn: who has had theirs comes after all who have not. */
const aRound = 24 * 60 * 60_000;

/** Which services are measured these days: few in a large mesh, each at about the same time after its window. */
export class AskedHosts {
  readonly #asked = new Map<string, Asked>();

  constructor(private readonly clock: Clock) {}

  /** Somebody asks for it, for a window that ends at `end`. */
  note(host: string, end: Instant): void {
    const now = this.clock.now();
    this.#asked.set(host, { at: now, turn: now - end });
  }

  /** This host and those among `isFree` that will be asked for next. */
  nextFrom(host: string, isFree: (host: string) => boolean): ReadonlySet<string> {
    this.#forgetOld();
    const own = this.#asked.get(host)?.turn ?? 0;
    const untilNext = ({ turn }: Asked): number => (turn >= own ? turn : turn + aRound) - own;
    const others = [...this.#asked]
      .filter(([other]) => other !== host && isFree(other))
      .map(([other, asked]) => ({ other, wait: untilNext(asked) }))
      .toSorted((a, b) => a.wait - b.wait)
      .slice(0, mostTogether - 1);
    return new Set([host, ...others.map(({ other }) => other)]);
  }

  /** Nobody has asked for any of them for long. */
  areForgotten(): boolean {
    this.#forgetOld();
    return this.#asked.size === 0;
  }

  #forgetOld(): void {
    const since = this.clock.now() - rememberMs;
    for (const [host, { at }] of this.#asked) if (at < since) this.#asked.delete(host);
  }
}
