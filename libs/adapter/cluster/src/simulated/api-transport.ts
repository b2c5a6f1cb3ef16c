import type { Clock } from '@spillway/application';
import { after, type Duration } from '@spillway/kernel';
import type { Timers } from './timers.js';

/** What became of a call to the API server. */
export type Answer<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'lost'; readonly reason: string };

const lost = (reason: string): Answer<never> => ({ kind: 'lost', reason });

/** The way to an API server, and everything that can go wrong on it. */
export class ApiTransport {
  readonly #listeners = new Set<() => void>();
  #isUp = true;
  #slowness = 0;
  #answersToLose = 0;

  constructor(private readonly time: { readonly clock: Clock; readonly timers: Timers }) {}

  get isUp(): boolean {
    return this.#isUp;
  }

  down(): void {
    this.#isUp = false;
    this.#tell();
  }

  up(): void {
    this.#isUp = true;
    this.#tell();
  }

  /** Calls are carried out this much later; those that waited too long happen all the same. */
  slow(ms: number): void {
    this.#slowness = ms;
  }

  loseNextAnswer(): void {
    this.#answersToLose += 1;
  }

  /** Told when it goes down and when it comes back. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  call<T>(work: () => T, timeout: Duration): Promise<Answer<T>> {
    if (!this.#isUp) return Promise.resolve(lost('connection refused'));
    if (this.#slowness === 0) return Promise.resolve(this.#carryOut(work));
    const { clock, timers } = this.time;
    return new Promise((resolve) => {
      const cancel = timers.schedule(after(clock.now(), timeout), () =>
        resolve(lost(`no answer within ${timeout} ms`)),
      );
      timers.schedule(after(clock.now(), this.#slowness), () => {
        cancel();
        resolve(this.#isUp ? this.#carryOut(work) : lost('connection reset'));
      });
    });
  }

  #carryOut<T>(work: () => T): Answer<T> {
    const value = work();
    if (this.#answersToLose === 0) return { kind: 'answered', value };
    this.#answersToLose -= 1;
    return lost('connection closed before an answer came');
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
