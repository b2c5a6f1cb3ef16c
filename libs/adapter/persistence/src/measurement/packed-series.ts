import type { Measurement } from '@spillway/domain-analysis';
import { MeasurementPacking } from './packed-measurement.js';

/**
 * What a metric measured in a cluster during a step: as objects for those who ask again in a moment,
 * and once it is packed each as text, until somebody asks.
 */
export class PackedSeries {
  private constructor(
    private readonly packing: MeasurementPacking,
    /** Of the first ones, or of all where there are no objects. */
    private texts: readonly string[],
    private objects: readonly Measurement[] | undefined,
    /** The ordinal of the newest. */
    readonly last: number,
  ) {}

  static from({ metric, cluster }: Measurement): PackedSeries {
    return new PackedSeries(new MeasurementPacking({ metric, cluster }), [], [], -1);
  }

  get size(): number {
    return (this.objects ?? this.texts).length;
  }

  /** With those that are newer than what is there; they are ordered. */
  with(found: readonly Measurement[]): PackedSeries {
    const newer = found.filter(({ ordinal }) => ordinal > this.last);
    const last = newer.at(-1)?.ordinal ?? this.last;
    return new PackedSeries(this.packing, this.texts, [...this.all(), ...newer], last);
  }

  all(): readonly Measurement[] {
    return (this.objects ??= this.texts.map((text) => this.packing.unpack(text)));
  }

  pack(): void {
    const { texts, objects = [] } = this;
    const newer = objects.slice(texts.length);
    this.texts = [...texts, ...newer.map((one) => this.packing.pack(one))];
    this.objects = undefined;
  }
}
