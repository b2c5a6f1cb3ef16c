import { SpillwayError } from '../core/errors.js';

/** The time in which nobody answered. */
export class Silence {
  private since: number | undefined;

  constructor(private readonly patienceMs: number) {}

  end(): void {
    this.since = undefined;
  }

  /** Throws on what patience does not mend, and when it is at its end. */
  endure(thrown: unknown): void {
    this.since ??= Date.now();
    const refused = thrown instanceof SpillwayError && thrown.status < 500 && thrown.status !== 429;
    if (refused || Date.now() - this.since >= this.patienceMs) throw thrown;
  }
}
