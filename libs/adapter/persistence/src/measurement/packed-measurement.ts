import type { LatencyHistogram, Measurement, Reading, Sample } from '@spillway/domain-analysis';
import { instant } from '@spillway/kernel';

type Series = Pick<Measurement, 'metric' | 'cluster'>;
type Bounds = LatencyHistogram['upperBounds'];
/** The value, requests and errors, and with a histogram the place of its bounds and its counts. */
type PackedSample = readonly [number, number | null, number | null, ...number[]];
type Packed = readonly [ordinal: number, from: number, to: number, ...PackedReading];
type PackedReading =
  | readonly [PackedSample]
  | readonly [PackedSample, PackedSample]
  | readonly [Exclude<Reading, { kind: 'value' }>];

/** Measurements of one metric in one cluster as text, a fifth of the room that they take as objects. */
export class MeasurementPacking {
  /** Hardly ever more than one: those of a metric stay the same. */
  private readonly bounds: Bounds[] = [];

  constructor(private readonly series: Series) {}

  pack({ ordinal, from, to, reading }: Measurement): string {
    const packed: Packed = [ordinal, from, to, ...this.packReading(reading)];
    return JSON.stringify(packed);
  }

  unpack(text: string): Measurement {
    const [ordinal, from, to, ...packed] = JSON.parse(text) as Packed;
    const { metric, cluster } = this.series;
    const window = { from: instant(from), to: instant(to) };
    return { metric, cluster, ordinal, ...window, reading: this.unpackReading(packed) };
  }

  private packReading(reading: Reading): PackedReading {
    if (reading.kind !== 'value') return [reading];
    const { candidate, stable } = reading;
    return stable === undefined
      ? [this.packSample(candidate)]
      : [this.packSample(candidate), this.packSample(stable)];
  }

  private unpackReading([first, stable]: PackedReading): Reading {
    if (!isSample(first)) return first;
    const candidate = this.unpackSample(first);
    return stable === undefined
      ? { kind: 'value', candidate }
      : { kind: 'value', candidate, stable: this.unpackSample(stable) };
  }

  private packSample({ value, requests, errors, histogram }: Sample): PackedSample {
    const figures = [value, requests ?? null, errors ?? null] as const;
    if (histogram === undefined) return figures;
    return [...figures, this.placeOf(histogram.upperBounds), ...histogram.counts];
  }

  private unpackSample([value, requests, errors, place, ...counts]: PackedSample): Sample {
    return {
      value,
      ...(requests !== null && { requests }),
      ...(errors !== null && { errors }),
      ...(place !== undefined && {
        histogram: { upperBounds: this.bounds[place] ?? [], counts },
      }),
    };
  }

  private placeOf(bounds: Bounds): number {
    const place = this.bounds.findIndex((one) => isSame(one, bounds));
    return place === -1 ? this.bounds.push(bounds) - 1 : place;
  }
}

const isSample = (packed: PackedReading[0]): packed is PackedSample => Array.isArray(packed);

const isSame = (one: Bounds, other: Bounds): boolean =>
  one === other || (one.length === other.length && one.every((bound, i) => bound === other[i]));
