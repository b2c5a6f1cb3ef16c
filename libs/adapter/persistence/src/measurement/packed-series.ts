import type { Measurement, Reading } from '@spillway/domain-analysis';
import { instant } from '@spillway/kernel';
import { leanReading } from './measurement-mapping.js';

type Packed = readonly [ordinal: number, from: number, to: number, reading: Reading];

/**
 * What a metric measured in a cluster during a step: as objects for those who ask again in a moment,
 * and once it is packed each as text, which takes a third of the room, until somebody asks.
 */
export class PackedSeries {
  private constructor(
    private readonly of: Pick<Measurement, 'metric' | 'cluster'>,
    /** Of the first ones, or of all where there are no objects. */
    private texts: readonly string[],
    private objects: readonly Measurement[] | undefined,
    /** The ordinal of the newest. */
    readonly last: number,
  ) {}

  static from({ metric, cluster }: Measurement): PackedSeries {
    return new PackedSeries({ metric, cluster }, [], [], -1);
  }

  get size(): number {
    return (this.objects ?? this.texts).length;
  }

  /** With those that are newer than what is there; they are ordered. */
  with(found: readonly Measurement[]): PackedSeries {
    const newer = found.filter(({ ordinal }) => ordinal > this.last);
    const last = newer.at(-1)?.ordinal ?? this.last;
    return new PackedSeries(this.of, this.texts, [...this.all(), ...newer], last);
  }

  all(): readonly Measurement[] {
    return (this.objects ??= this.texts.map((text) => this.unpack(text)));
  }

  pack(): void {
    const { texts, objects = [] } = this;
    this.texts = [...texts, ...objects.slice(texts.length).map(textOf)];
    this.objects = undefined;
  }

  private unpack(text: string): Measurement {
    const [ordinal, from, to, reading] = JSON.parse(text) as Packed;
    const { metric, cluster } = this.of;
    const window = { from: instant(from), to: instant(to) };
    return { metric, cluster, ordinal, ...window, reading: leanReading(reading) };
  }
}

function textOf({ ordinal, from, to, reading }: Measurement): string {
  const packed: Packed = [ordinal, from, to, reading];
  return JSON.stringify(packed);
}
