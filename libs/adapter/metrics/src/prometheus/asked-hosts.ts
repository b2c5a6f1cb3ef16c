import type { Clock } from '@spillway/application';
import type { Instant } from '@spillway/kernel';

interface Asked {
  readonly at: Instant;
  /** How long after the end of its window, in ms. */
  readonly turn: number;
}

/** What is known of a window. */
export interface Sharing {
  /** It is being asked for, or the answer is kept. */
  readonly isShared: (host: string) => boolean;
  /** Somebody came for the answer, also if it is gone by now. */
  readonly hasCome: (host: string) => boolean;
}

/** Longer than most releases wait between two measurements. */
const rememberMs = 10 * 60_000;
/** Some 10,000 series of latencies, so that no answer keeps the process from what else is due for long. */
const mostTogether = 250;
const fewestTogether = 8;
/** Whose turn is later is asked for then: nobody would need the answer until. */
const soonMs = 2_000;

/** Which services are measured these days: few in a large mesh, each at about the same time after its window. */
export class AskedHosts {
  readonly #asked = new Map<string, Asked>();
  #together = mostTogether;

  constructor(private readonly clock: Clock) {}

  /** Somebody asks for it, for a window that ends at `end`. */
  note(host: string, end: Instant): void {
    const now = this.clock.now();
    this.#asked.set(host, { at: now, turn: now - end });
  }

  /**
   * This host, those that will soon be asked for, and those whose turn has passed unasked: where
   * looks are late, the others are late too, and one by one they would never be made up for.
   */
  nextFrom(host: string, { isShared, hasCome }: Sharing): ReadonlySet<string> {
    this.#forgetOld();
    const from = this.#asked.get(host)?.turn ?? 0;
    const isNext = (other: string, { turn }: Asked): boolean =>
      !isShared(other) && (turn < from ? !hasCome(other) : turn <= from + soonMs);
    const next = [...this.#asked]
      .filter(([other, asked]) => other !== host && isNext(other, asked))
      .toSorted(([, a], [, b]) => a.at - b.at)
      .map(([other]) => other);
    return new Set([host, ...next].slice(0, this.#together));
  }

  /**
   * An answer is gone. Where looks are so late that most of those that it was asked for have not come,
   * it was read for nobody, and to read it made the others later still: then fewer are asked for together.
   */
  learn(unused: number, of: number): void {
    const isWasted = 2 * unused > of;
    const wanted = isWasted ? this.#together / 2 : this.#together * 2;
    this.#together = Math.min(mostTogether, Math.max(fewestTogether, Math.floor(wanted)));
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
