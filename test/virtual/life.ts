const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/**
 * Whether a process lives. What a dead one awaits never comes, whether its call
 * was still to be made or had its effect already: both sides of every await.
 */
export class Life {
  private isOver = false;
  private callsLeft = Infinity;

  end(): void {
    this.isOver = true;
  }

  /** Dies by itself in the midst of this many calls from now: after the effect, before the answer. */
  endAfter(calls: number): void {
    this.callsLeft = calls;
  }

  get hasEnded(): boolean {
    return this.isOver;
  }

  async guard<T>(call: () => Promise<T>): Promise<T> {
    if (this.isOver) return never();
    const answer = await call();
    this.callsLeft -= 1;
    if (this.callsLeft <= 0) this.isOver = true;
    return this.isOver ? never() : answer;
  }
}
