import type { Measurement } from '@spillway/domain-analysis';
import type { ReleaseId } from '@spillway/kernel';
import { LRUCache } from 'lru-cache';
import { PackedSeries } from './packed-series.js';

/** A step of a release. */
export interface Step {
  readonly release: ReleaseId;
  readonly step: number;
}

/** From which ordinal on something of a step may be new. */
export interface News {
  /** In any series. */
  readonly from: number;
  /** In those that are known, by name. */
  readonly bySeries: Readonly<Record<string, number>>;
}

/** Of a step of which nothing is known. */
export const allNew: News = { from: 0, bySeries: {} };

/** What a database has of a step that is new. */
export interface Found {
  /** Of the whole step. */
  readonly total: number;
  readonly measurements: readonly Measurement[];
}

export const textOf = ({ release, step }: Step): string => `${release} ${step}`;

/** How many measurements. */
export interface Room {
  /** Some forty bytes each; one with two histograms of Istio's buckets a tenth of a kilobyte. */
  readonly packed: number;
  /** Those of some dozen releases: each is read again while it is looked at, and then not for seconds. */
  readonly unpacked: number;
}

const usual: Room = { packed: 800_000, unpacked: 15_000 };

/** Longer than most releases wait between two looks. A step that is over is asked for no more. */
const unusedMs = 60_000;

/**
 * Measurements that this process has read. None is ever changed, and those of a step are only added to,
 * while each look at a release reads all of them: only what came since is read again. Where that is
 * more than is kept, what is there stays and others are read anew each time: releases are looked at in
 * turns, and were those given up that were not looked at for longest, it would be all of them.
 *
 * To be told only of what is committed: what is rolled back would be known for ever.
 */
export class KnownMeasurements {
  private readonly steps: LRUCache<string, KnownStep>;
  private readonly unpacked: LRUCache<string, KnownStep>;

  /** `perf` has milliseconds that only grow. */
  constructor(
    private readonly room = usual,
    perf: { now(): number } = performance,
  ) {
    this.steps = new LRUCache({
      maxSize: room.packed,
      sizeCalculation: sizeOf,
      ttl: unusedMs,
      updateAgeOnGet: true,
      ttlResolution: 0,
      perf,
    });
    this.unpacked = new LRUCache({
      maxSize: room.unpacked,
      sizeCalculation: (step) => Math.min(sizeOf(step), room.unpacked),
      dispose: (step, key, reason) => {
        // One that is replaced by a longer one shares its series with it; one that is not kept is no more.
        if (reason === 'evict' && this.steps.peek(key) === step) step.pack();
      },
    });
  }

  newIn(step: Step): News {
    return this.find(textOf(step))?.news ?? allNew;
  }

  /**
   * All of the step, ordered by metric, cluster and ordinal, where what is known and what was found
   * to be new are all there is. Otherwise undefined, and nothing is known any more: a series began
   * late, or the process was told of a later one before.
   */
  with(step: Step, { total, measurements }: Found): readonly Measurement[] | undefined {
    const key = textOf(step);
    const known = (this.find(key) ?? new KnownStep()).with(measurements);
    if (known.size === total) {
      this.keep(key, known);
      this.unpacked.set(key, known);
      return known.all();
    }
    this.steps.delete(key);
    this.unpacked.delete(key);
    return undefined;
  }

  /** What is too much to be kept is there all the same until others were looked at: a look asks more than once. */
  private find(key: string): KnownStep | undefined {
    return this.steps.get(key) ?? this.unpacked.get(key);
  }

  private keep(key: string, known: KnownStep): void {
    const { steps, room } = this;
    const before = steps.peek(key);
    const more = sizeOf(known) - (before === undefined ? 0 : sizeOf(before));
    if (steps.calculatedSize + more > room.packed) steps.purgeStale();
    if (steps.calculatedSize + more > room.packed) steps.delete(key);
    else steps.set(key, known);
  }
}

class KnownStep {
  constructor(private readonly series: ReadonlyMap<string, PackedSeries> = new Map()) {}

  get size(): number {
    return [...this.series.values()].reduce((sum, { size }) => sum + size, 0);
  }

  get news(): News {
    const next = [...this.series].map(([name, { last }]) => [name, last + 1] as const);
    const from = next.length === 0 ? 0 : Math.min(...next.map(([, ordinal]) => ordinal));
    return { from, bySeries: Object.fromEntries(next) };
  }

  /** `found` is ordered. */
  with(found: readonly Measurement[]): KnownStep {
    const newer = new Map<string, [Measurement, ...Measurement[]]>();
    for (const one of found) {
      const name = nameOf(one);
      const before = newer.get(name);
      if (before === undefined) newer.set(name, [one]);
      else before.push(one);
    }
    const longer = new Map(this.series);
    for (const [name, ofSeries] of newer) {
      const before = this.series.get(name) ?? PackedSeries.from(ofSeries[0]);
      longer.set(name, before.with(ofSeries));
    }
    return new KnownStep(longer);
  }

  pack(): void {
    for (const one of this.series.values()) one.pack();
  }

  all(): readonly Measurement[] {
    const inOrder = [...this.series].sort(([one], [other]) => (one < other ? -1 : 1));
    return inOrder.flatMap(([, ofSeries]) => ofSeries.all());
  }
}

/** Sorts before any letter that a name may have, so that names sort as the metric and then the cluster do. */
const between = '\u0001';

const nameOf = ({ metric, cluster }: Measurement): string => `${metric}${between}${cluster}`;

/** One of which nothing is known yet takes some room, too. */
const sizeOf = ({ size }: KnownStep): number => size + 1;
