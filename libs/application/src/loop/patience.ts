import { duration, type ClusterName, type Duration } from '@spillway/kernel';
import type { Clock } from '../port/clock.js';

/** Backends that are well answer within so much of each other. */
const enough = duration(500);

interface Means {
  readonly clock: Clock;
  readonly pause: (length: Duration, signal: AbortSignal) => Promise<void>;
}

/**
 * How long clusters that are asked together wait for each other. One whose backend hangs holds up the
 * others once; after that nobody waits for it, until it answers in time again. What is in time is said by
 * the others: where this process itself is late all answers are, and to ask for each alone would be ten
 * times the work.
 */
export class Patience {
  /** What each took to answer, in ms, when it was asked last. */
  private readonly took = new Map<ClusterName, number>();

  constructor(private readonly means: Means) {}

  /** It took much longer than the half of them that was quicker. */
  isOverWith(cluster: ClusterName): boolean {
    const all = [...this.took.values()].toSorted((a, b) => a - b);
    const usual = all[Math.floor((all.length - 1) / 2)] ?? 0;
    return (this.took.get(cluster) ?? 0) > enough + 2 * usual;
  }

  /** Notes how long it takes. */
  async ask<T>(cluster: ClusterName, question: () => Promise<T>): Promise<T> {
    const { clock } = this.means;
    const began = clock.now();
    const answer = await question();
    this.took.set(cluster, clock.now() - began);
    return answer;
  }

  /** What was answered when all have who usually answer in time, or when that took too long. */
  async inTime<T>(
    asked: ReadonlyMap<ClusterName, Promise<T>>,
  ): Promise<ReadonlyMap<ClusterName, T>> {
    const answered = new Map<ClusterName, T>();
    const all = [...asked].map(([cluster, answer]) => ({
      cluster,
      // One that fails has not answered. Handled here: nobody may be waiting for it any more.
      noted: answer.then((it) => answered.set(cluster, it)).catch(() => undefined),
    }));
    const prompt = all.filter(({ cluster }) => !this.isOverWith(cluster));
    const noted = prompt.map((one) => one.noted);
    await (asked.size === 1 || prompt.length === 0 ? Promise.all(noted) : this.together(noted));
    for (const { cluster } of prompt) if (!answered.has(cluster)) this.took.set(cluster, Infinity);
    return new Map(answered);
  }

  /** Until all are there; after the first for as long again, and half a second at least. */
  private async together(all: readonly Promise<unknown>[]): Promise<void> {
    const { clock, pause } = this.means;
    const began = clock.now();
    await Promise.race(all);
    const more = duration(Math.max(enough, clock.now() - began));
    const over = new AbortController();
    await Promise.race([Promise.all(all), pause(more, over.signal)]);
    over.abort();
  }
}
