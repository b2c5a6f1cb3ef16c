import {
  isSameBounds,
  type LatencyHistogram,
  type Measurement,
  type Reading,
  type Sample,
} from '@spillway/domain-analysis';
import { instant } from '@spillway/kernel';
import { NumberReader, NumberWriter } from './packed-numbers.js';

type Series = Pick<Measurement, 'metric' | 'cluster'>;
type Bounds = LatencyHistogram['upperBounds'];
type NoValue = Exclude<Reading, { kind: 'value' }>;
type Placed = Pick<Measurement, 'ordinal' | 'to'>;

/** The one before the first. */
const start: Placed = { ordinal: -1, to: instant(0) };

/** Measurements of one metric in one cluster as bytes, a twentieth of the room that they take as objects. */
export class MeasurementPacking {
  /** Hardly ever more than one: those of a metric stay the same. */
  private readonly bounds: Bounds[] = [];
  /** Readings without a value; most errors are the same again and again. */
  private readonly others: NoValue[] = [];

  constructor(private readonly series: Series) {}

  /** `before`: what was packed until now, up to the measurement `last`. */
  pack(
    measurements: readonly Measurement[],
    { bytes, last = start }: { readonly bytes: Uint8Array; readonly last: Placed | undefined },
  ): Uint8Array {
    const writer = new NumberWriter();
    let before = last;
    for (const one of measurements) {
      // A window as long as the one before, right after it, is three small numbers.
      writer.write(one.ordinal - before.ordinal);
      writer.write(one.to - before.to);
      writer.write(one.to - one.from);
      this.writeReading(writer, one.reading);
      before = one;
    }
    return writer.after(bytes);
  }

  unpack(bytes: Uint8Array): readonly Measurement[] {
    const reader = new NumberReader(bytes);
    const all: Measurement[] = [];
    const { metric, cluster } = this.series;
    let { ordinal, to } = start;
    while (!reader.isAtEnd) {
      ordinal += reader.read();
      to = instant(to + reader.read());
      const from = instant(to - reader.read());
      all.push({ metric, cluster, ordinal, from, to, reading: this.readReading(reader) });
    }
    return all;
  }

  /** How many versions have a sample; without any, which reading it is instead. */
  private writeReading(writer: NumberWriter, reading: Reading): void {
    if (reading.kind !== 'value') {
      writer.write(0);
      writer.write(placeIn(this.others, reading, isSameReading));
      return;
    }
    const { candidate, stable } = reading;
    writer.write(stable === undefined ? 1 : 2);
    this.writeSample(writer, candidate);
    if (stable !== undefined) this.writeSample(writer, stable);
  }

  private readReading(reader: NumberReader): Reading {
    const samples = reader.read();
    if (samples === 0) return this.others[reader.read()] ?? { kind: 'empty' };
    const candidate = this.readSample(reader);
    return samples === 1
      ? { kind: 'value', candidate }
      : { kind: 'value', candidate, stable: this.readSample(reader) };
  }

  private writeSample(writer: NumberWriter, sample: Sample): void {
    const { value, requests, errors, histogram } = sample;
    writer.write(value);
    writer.write(requests);
    writer.write(errors);
    if (histogram === undefined) {
      writer.write(undefined);
      return;
    }
    writer.write(placeIn(this.bounds, histogram.upperBounds, isSameBounds));
    writer.write(histogram.counts.length);
    for (const count of histogram.counts) writer.write(count);
  }

  private readSample(reader: NumberReader): Sample {
    const value = reader.read();
    const [requests, errors] = [reader.readMaybe(), reader.readMaybe()];
    const place = reader.readMaybe();
    const histogram = place === undefined ? undefined : this.readHistogram(reader, place);
    return {
      value,
      ...(requests !== undefined && { requests }),
      ...(errors !== undefined && { errors }),
      ...(histogram !== undefined && { histogram }),
    };
  }

  private readHistogram(reader: NumberReader, place: number): LatencyHistogram {
    const size = reader.read();
    for (let i = 0; i < size; i += 1) scratch[i] = reader.read();
    return { upperBounds: this.bounds[place] ?? [], counts: scratch.slice(0, size) };
  }
}

/** An array that grows has twice the room that it needs; a slice just enough. */
const scratch: number[] = [];

/** Where it is, or is put. */
function placeIn<Thing>(
  things: Thing[],
  wanted: Thing,
  isSame: (one: Thing, other: Thing) => boolean,
): number {
  const place = things.findIndex((one) => isSame(one, wanted));
  return place === -1 ? things.push(wanted) - 1 : place;
}

const messageOf = (reading: NoValue): string => (reading.kind === 'error' ? reading.message : '');

const isSameReading = (one: NoValue, other: NoValue): boolean =>
  one.kind === other.kind && messageOf(one) === messageOf(other);
