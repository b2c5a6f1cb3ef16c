import type { Measurement, Reading } from '@spillway/domain-analysis';
import { instant } from '@spillway/kernel';
import { leanReading } from './measurement-mapping.js';

type Packed = readonly [ordinal: number, from: number, to: number, reading: Reading];

/**
 * What a metric measured in a cluster during a step, each look as text: objects take three times the
 * room. They are kept beside it until they are forgotten, for those who ask again in a moment.
 */
export class PackedSeries {
  private unpacked: readonly Measurement[] | undefined;

  private constructor(
    private readonly of: Pick<Measurement, 'metric' | 'cluster'>,
    private readonly looks: readonly string[],
    /** The ordinal of the newest. */
    readonly last: number,
  ) {}

  static from({ metric, cluster }: Measurement): PackedSeries {
    return new PackedSeries({ metric, cluster }, [], -1);
  }

  get size(): number {
    return this.looks.length;
  }

  /** With those that are newer than what is there; they are ordered. */
  with(found: readonly Measurement[]): PackedSeries {
    const newer = found.filter(({ ordinal }) => ordinal > this.last);
    const last = newer.at(-1)?.ordinal ?? this.last;
    const longer = new PackedSeries(this.of, [...this.looks, ...newer.map(pack)], last);
    if (this.unpacked !== undefined) longer.unpacked = [...this.unpacked, ...newer];
    return longer;
  }

  all(): readonly Measurement[] {
    return (this.unpacked ??= this.looks.map((text) => this.unpack(text)));
  }

  forget(): void {
    this.unpacked = undefined;
  }

  private unpack(text: string): Measurement {
    const [ordinal, from, to, reading] = JSON.parse(text) as Packed;
    const { metric, cluster } = this.of;
    const window = { from: instant(from), to: instant(to) };
    return { metric, cluster, ordinal, ...window, reading: leanReading(reading) };
  }
}

function pack({ ordinal, from, to, reading }: Measurement): string {
  const packed: Packed = [ordinal, from, to, reading];
  return JSON.stringify(packed);
}
