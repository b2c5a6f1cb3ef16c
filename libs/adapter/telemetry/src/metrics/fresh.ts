/** An answer that is kept for a moment once it is there, and asked for once by however many want it meanwhile. */
export class Fresh<T> {
  private answer: Promise<T> | undefined;
  /** Absent while it is still to come. */
  private since: number | undefined;

  constructor(
    private readonly ask: () => Promise<T>,
    private readonly forMs: number,
    private readonly now: () => number,
  ) {}

  get(): Promise<T> {
    if (this.answer === undefined || this.isOld()) this.answer = this.begin();
    return this.answer;
  }

  /** A clock that was set back makes it old, too. */
  private isOld(): boolean {
    if (this.since === undefined) return false;
    const age = this.now() - this.since;
    return age < 0 || age >= this.forMs;
  }

  private begin(): Promise<T> {
    this.since = undefined;
    return this.ask().finally(() => (this.since = this.now()));
  }
}
