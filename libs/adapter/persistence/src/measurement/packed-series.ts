import type { Measurement } from '@spillway/domain-analysis';
import { MeasurementPacking } from './packed-measurement.js';

/**
 * What a metric measured in a cluster during a step: as objects for those who ask again in a moment,
 * and once it is packed as bytes, until somebody asks.
 */
export class PackedSeries {
  private constructor(
    private readonly packing: MeasurementPacking,
    /** The ordinal of the newest. */
    readonly last: number,
    private bytes: Uint8Array,
    /** How many are in the bytes: the first ones, or all where there are no objects. */
    private packed: number,
    private objects: readonly Measurement[] | undefined,
  ) {}

  static from({ metric, cluster }: Measurement): PackedSeries {
    const packing = new MeasurementPacking({ metric, cluster });
    return new PackedSeries(packing, -1, new Uint8Array(), 0, []);
  }

  get size(): number {
    return this.objects?.length ?? this.packed;
  }

  /** With those that are newer than what is there; they are ordered. */
  with(found: readonly Measurement[]): PackedSeries {
    const newer = found.filter(({ ordinal }) => ordinal > this.last);
    const last = newer.at(-1)?.ordinal ?? this.last;
    const all = [...this.all(), ...newer];
    return new PackedSeries(this.packing, last, this.bytes, this.packed, all);
  }

  all(): readonly Measurement[] {
    return (this.objects ??= this.packing.unpack(this.bytes));
  }

  pack(): void {
    const { objects, packed, bytes } = this;
    if (objects === undefined) return;
    const last = objects[packed - 1];
    this.bytes = this.packing.pack(objects.slice(packed), { bytes, last });
    this.packed = objects.length;
    this.objects = undefined;
  }
}
