/** Keeps so many values, and forgets the one that was set the longest time ago. */
export class BoundedMap<Value> {
  private readonly all = new Map<string, Value>();

  constructor(private readonly most: number) {}

  get(key: string): Value | undefined {
    return this.all.get(key);
  }

  set(key: string, value: Value): void {
    this.all.delete(key);
    this.all.set(key, value);
    if (this.all.size <= this.most) return;
    const [oldest] = this.all.keys();
    if (oldest !== undefined) this.all.delete(oldest);
  }

  delete(key: string): void {
    this.all.delete(key);
  }
}
