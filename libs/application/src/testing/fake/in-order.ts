/** Things by a total order, at hand from the first on: adding and removing cost a search, looking nothing. */
export class InOrder<T> {
  private readonly all: T[] = [];

  constructor(private readonly compare: (a: T, b: T) => number) {}

  get first(): T | undefined {
    return this.all[0];
  }

  add(one: T): void {
    this.all.splice(this.placeOf(one), 0, one);
  }

  /** No effect where it is not among them. */
  remove(one: T): void {
    const place = this.placeOf(one);
    if (this.all[place] === one) this.all.splice(place, 1);
  }

  [Symbol.iterator](): Iterator<T> {
    return this.all[Symbol.iterator]();
  }

  private placeOf(one: T): number {
    let low = 0;
    let high = this.all.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(this.all[middle] as T, one) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
