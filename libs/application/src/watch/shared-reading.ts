import { Bell } from './bell.js';

/**
 * Something that many read and that is read from the database once per change, whoever waits for
 * it. `read` makes the next state of the one before, and is called again as long as it is told of
 * changes meanwhile. When it throws, everybody who waits is told so, and it is of no further use.
 */
export class SharedReading<State> {
  private readonly bells = new Set<Bell>();
  private known: State | undefined;
  private failure: { readonly error: unknown } | undefined;
  private isStale = false;
  private isReading = false;

  constructor(
    private readonly read: (before: State | undefined) => Promise<State>,
    private readonly onUnused: () => void,
  ) {}

  get hasFailed(): boolean {
    return this.failure !== undefined;
  }

  /** Something may have changed. */
  readonly refresh = (): void => {
    this.isStale = true;
    if (!this.isReading) void this.readAll();
  };

  /** The state now and after each change; those that come faster than they are read are given as one. */
  async *states(signal: AbortSignal): AsyncGenerator<State, void> {
    const bell = new Bell();
    this.bells.add(bell);
    signal.addEventListener('abort', bell.ring);
    try {
      if (this.known === undefined) this.refresh();
      for (let given: State | undefined; !signal.aborted;) {
        if (this.failure !== undefined) throw this.failure.error;
        if (this.known !== undefined && this.known !== given) yield (given = this.known);
        else await bell.rung();
      }
    } finally {
      signal.removeEventListener('abort', bell.ring);
      this.bells.delete(bell);
      if (this.bells.size === 0) this.onUnused();
    }
  }

  private async readAll(): Promise<void> {
    this.isReading = true;
    try {
      while (this.isStale && this.bells.size > 0) {
        this.isStale = false;
        this.known = await this.read(this.known);
        this.ring();
      }
    } catch (error) {
      this.failure = { error };
      this.ring();
    } finally {
      this.isReading = false;
    }
  }

  private ring(): void {
    for (const bell of this.bells) bell.ring();
  }
}
