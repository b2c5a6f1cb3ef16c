import type { ClusterName } from '@spillway/kernel';
import { OwnTime, type Pause } from './own-time.js';

/** Backends that are well answer within so much of each other, in ms. */
const enough = 500;
/** What takes longer than this is not told apart. */
const longest = 5_000;

/**
 * How long clusters that are asked together wait for each other. One whose backend hangs holds up the
 * others once; after that nobody waits for it, until it answers in time again. What is in time is said by
 * the others, and by how late this process is itself: where it is late all answers are, and to ask for
 * each alone would be ten times the work.
 */
export class Patience {
  /** How much of this process's own time each took to answer, in ms, when it was asked last. */
  private readonly took = new Map<ClusterName, number>();

  constructor(private readonly pause: Pause) {}

  /** It took much longer than the half of them that was quicker. */
  isOverWith(cluster: ClusterName): boolean {
    return (this.took.get(cluster) ?? 0) > this.most();
  }

  /** The answer of one for which nobody else waits, however long it takes. It may be in time again. */
  async alone<T>(cluster: ClusterName, answer: Promise<T>): Promise<T> {
    const own = new OwnTime(this.pause);
    await own.until(settled(answer), Math.min(longest, this.most() + 1));
    this.took.set(cluster, own.passed);
    return answer;
  }

  /**
   * What was just asked and is answered when all have who usually answer in time, or when that took too
   * long. Nobody waits for a single one: see `alone`.
   */
  async inTime<T>(
    asked: ReadonlyMap<ClusterName, Promise<T>>,
  ): Promise<ReadonlyMap<ClusterName, T>> {
    const own = new OwnTime(this.pause);
    const answered = new Map<ClusterName, T>();
    const took = new Map<ClusterName, number>();
    const all = [...asked].map(([cluster, answer]) => ({
      cluster,
      noted: answer.then(
        (it) => {
          answered.set(cluster, it);
          took.set(cluster, own.passed);
        },
        // One that fails has not answered. Handled here: nobody may be waiting for it any more.
        () => undefined,
      ),
    }));
    const prompt = asked.size === 1 ? [] : all.filter(({ cluster }) => !this.isOverWith(cluster));
    await together(
      own,
      prompt.map(({ noted }) => noted),
    );
    for (const [cluster, time] of took) this.took.set(cluster, time);
    for (const { cluster } of prompt) if (!answered.has(cluster)) this.took.set(cluster, Infinity);
    return new Map(answered);
  }

  /** What is in time, in ms. */
  private most(): number {
    const all = [...this.took.values()].toSorted((a, b) => a - b);
    const usual = all[Math.floor((all.length - 1) / 2)] ?? 0;
    return enough + 2 * usual;
  }
}

/** Until all are there; after the first for as long again, and half a second at least. */
async function together(own: OwnTime, all: readonly Promise<unknown>[]): Promise<void> {
  if (all.length === 0) return;
  await own.until(Promise.race(all), longest);
  await own.until(Promise.all(all), own.passed + Math.max(enough, own.passed));
}

const settled = (answer: Promise<unknown>): Promise<unknown> => answer.catch(() => undefined);
