const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** Says when what a process awaits may come. Without anybody who does, it comes at once. */
export type Turns = (what: string) => Promise<void>;

/**
 * Whether a process lives. What a dead one awaits never comes, whether its call
 * was still to be made or had its effect already: both sides of every await.
 */
export class Life {
  private isOver = false;
  private awaitsLeft = Infinity;

  constructor(private readonly turns?: Turns) {}

  end(): void {
    this.isOver = true;
  }

  /** Dies by itself so many awaits from now: before a call, or after its effect and before its answer. */
  endAfter(awaits: number): void {
    this.awaitsLeft = awaits;
  }

  get hasEnded(): boolean {
    return this.isOver;
  }

  async guard<T>(call: () => Promise<T>, what = 'call'): Promise<T> {
    if (this.isOver) return never();
    if (this.turns !== undefined) await this.pass(what);
    const outcome = await call().then(
      (value) => () => value,
      (error: unknown) => () => {
        throw error;
      },
    );
    await this.pass(`${what} answered`);
    return outcome();
  }

  private async pass(what: string): Promise<void> {
    if (this.turns !== undefined) await this.turns(what);
    this.awaitsLeft -= 1;
    if (this.awaitsLeft <= 0) this.isOver = true;
    if (this.isOver) await never();
  }
}
