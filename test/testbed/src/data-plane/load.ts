import type { RequestOptions } from './exchange.js';
import { Tally, type Outcome } from './tally.js';

export interface LoadOptions extends RequestOptions {
  readonly rps: number;
}

/**
 * An open loop: a request is due when the clock says so, not when the one
 * before was answered. What a slow mesh holds up is therefore counted.
 */
export class Load {
  readonly tally = new Tally();
  private readonly pending = new Set<Promise<void>>();
  private readonly start = performance.now();
  private readonly timer: NodeJS.Timeout;
  private sent = 0;

  constructor(
    private readonly attempt: (options: RequestOptions) => Promise<Outcome>,
    private readonly options: LoadOptions,
  ) {
    this.timer = setInterval(() => this.sendDue(), 5);
  }

  /** Sends no more, and waits for what is under way. */
  async stop(): Promise<Tally> {
    clearInterval(this.timer);
    await Promise.all(this.pending);
    return this.tally;
  }

  private sendDue(): void {
    const due = Math.floor(((performance.now() - this.start) / 1000) * this.options.rps);
    for (; this.sent < due; this.sent += 1) {
      const request = this.attempt(this.options).then((outcome) => this.tally.add(outcome));
      this.pending.add(request);
      void request.finally(() => this.pending.delete(request));
    }
  }
}
