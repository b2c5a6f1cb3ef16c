import { duration, type ClusterName, type Duration } from '@spillway/kernel';
import type { Clock } from '../port/clock.js';

/** A backend that is well answers sooner. */
const enough = duration(500);

interface Means {
  readonly clock: Clock;
  readonly pause: (length: Duration, signal: AbortSignal) => Promise<void>;
}

/**
 * How long clusters that are asked together wait for each other. One whose backend hangs holds up the
 * others once; after that nobody waits for it, until it answers in time again.
 */
export class Patience {
  private readonly slow = new Set<ClusterName>();

  constructor(private readonly means: Means) {}

  isOverWith(cluster: ClusterName): boolean {
    return this.slow.has(cluster);
  }

  /** Notes whether the cluster took too long. */
  async ask<T>(cluster: ClusterName, question: () => Promise<T>): Promise<T> {
    const { clock } = this.means;
    const began = clock.now();
    const answer = await question();
    if (clock.now() - began <= enough) this.slow.delete(cluster);
    else this.slow.add(cluster);
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
    const everyone = Promise.all(prompt.map(({ noted }) => noted));
    await (asked.size === 1 ? everyone : this.atMost(everyone));
    for (const { cluster } of prompt) if (!answered.has(cluster)) this.slow.add(cluster);
    return new Map(answered);
  }

  private async atMost(all: Promise<unknown>): Promise<void> {
    const over = new AbortController();
    await Promise.race([all, this.means.pause(enough, over.signal)]);
    over.abort();
  }
}
