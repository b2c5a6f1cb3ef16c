/** Of what is packed: nothing at all, and a number that takes all of its eight bytes. */
const [absent, long, firstShort] = [0, 1, 2];
/** What a bitwise operation can still hold, doubled for the sign. */
const mostShort = 2 ** 29;

const isShort = (one: number): boolean =>
  Number.isInteger(one) && Math.abs(one) < mostShort && !Object.is(one, -0);

const eight = new DataView(new ArrayBuffer(8));

/** Numbers one after the other: small whole ones, as most counts are, take a byte or two. */
export class NumberWriter {
  private readonly bytes: number[] = [];

  write(one: number | undefined): void {
    if (one === undefined) this.bytes.push(absent);
    else if (isShort(one)) this.writeShort(firstShort + ((one << 1) ^ (one >> 31)));
    else this.writeLong(one);
  }

  /** What was written, after what was there before. */
  after(before: Uint8Array): Uint8Array {
    const all = new Uint8Array(before.length + this.bytes.length);
    all.set(before);
    all.set(this.bytes, before.length);
    return all;
  }

  /** Seven bits in each byte; the eighth says that there are more. */
  private writeShort(code: number): void {
    let left = code;
    for (; left > 127; left >>>= 7) this.bytes.push((left & 127) | 128);
    this.bytes.push(left);
  }

  private writeLong(one: number): void {
    this.bytes.push(long);
    eight.setFloat64(0, one);
    for (let i = 0; i < 8; i += 1) this.bytes.push(eight.getUint8(i));
  }
}

/** Reads what a `NumberWriter` wrote, in the same order. */
export class NumberReader {
  private readonly view: DataView;
  private place = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.place >= this.bytes.length;
  }

  /** Zero where there is nothing. */
  read(): number {
    return this.readMaybe() ?? 0;
  }

  readMaybe(): number | undefined {
    const code = this.readShort();
    if (code === absent) return undefined;
    if (code === long) return this.readLong();
    const folded = code - firstShort;
    return (folded >>> 1) ^ -(folded & 1);
  }

  private readShort(): number {
    let byte = this.bytes[this.place++] ?? 0;
    let code = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = this.bytes[this.place++] ?? 0;
      code |= (byte & 127) << shift;
    }
    return code;
  }

  private readLong(): number {
    const one = this.view.getFloat64(this.place);
    this.place += 8;
    return one;
  }
}
