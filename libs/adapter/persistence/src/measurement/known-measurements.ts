import type { Measurement } from '@spillway/domain-analysis';
import type { ReleaseId } from '@spillway/kernel';
import { LRUCache } from 'lru-cache';

/** A step of a release. */
export interface Step {
  readonly release: ReleaseId;
  readonly step: number;
}

/** What a database has of a step, from an ordinal on. */
export interface Found {
  /** Of the whole step. */
  readonly total: number;
  readonly measurements: readonly Measurement[];
}

export const textOf = ({ release, step }: Step): string => `${release} ${step}`;

/** Half a kilobyte each, one with a histogram a whole one. */
const most = 100_000;

/**
 * Measurements that this process has read. None is ever changed, and those of a step are only added to,
 * while each look at a release reads all of them: only what came since is read again. Looks at many
 * releases, for long, are more than is kept: then those of a step are there from its measurement to the
 * decision after it, and read anew for the next.
 *
 * To be told only of what is committed: what is rolled back would be known for ever.
 */
export class KnownMeasurements {
  private readonly steps = new LRUCache<string, KnownStep>({
    maxSize: most,
    sizeCalculation: ({ size }) => size + 1,
  });

  /** From which ordinal on something may be new. */
  newFrom(step: Step): number {
    return this.steps.get(textOf(step))?.newFrom ?? 0;
  }

  /**
   * All of the step, ordered by metric, cluster and ordinal, where what is known and what was found from
   * `newFrom` on are all there is. Otherwise undefined, and nothing is known any more: a series began
   * late, or the process was told of a later one before.
   */
  with(step: Step, { total, measurements }: Found): readonly Measurement[] | undefined {
    const key = textOf(step);
    const known = (this.steps.get(key) ?? new KnownStep()).with(measurements);
    if (known.size === total) {
      this.steps.set(key, known);
      return known.all();
    }
    this.steps.delete(key);
    return undefined;
  }
}

class KnownStep {
  constructor(private readonly series: ReadonlyMap<string, readonly Measurement[]> = new Map()) {}

  get size(): number {
    return [...this.series.values()].reduce((sum, { length }) => sum + length, 0);
  }

  get newFrom(): number {
    const next = [...this.series.values()].map((one) => (one.at(-1)?.ordinal ?? -1) + 1);
    return next.length === 0 ? 0 : Math.min(...next);
  }

  /** `found` is ordered. */
  with(found: readonly Measurement[]): KnownStep {
    if (found.length === 0) return this;
    const longer = new Map<string, Measurement[]>();
    for (const one of found) {
      const name = nameOf(one);
      const series = longer.get(name) ?? [...(this.series.get(name) ?? [])];
      longer.set(name, series);
      if (one.ordinal > (series.at(-1)?.ordinal ?? -1)) series.push(one);
    }
    return new KnownStep(new Map([...this.series, ...longer]));
  }

  all(): readonly Measurement[] {
    const inOrder = [...this.series].sort(([one], [other]) => (one < other ? -1 : 1));
    return inOrder.flatMap(([, ofSeries]) => ofSeries);
  }
}

/** Sorts before any letter that a name may have, so that names sort as the metric and then the cluster do. */
const between = '\u0000';

const nameOf = ({ metric, cluster }: Measurement): string => `${metric}${between}${cluster}`;
