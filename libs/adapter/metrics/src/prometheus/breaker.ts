import type { Clock } from '@spillway/application';
import type { Answer, Silence } from './answer.js';

/** How long a backend is left alone after it gave no answer. */
const restMs = 5_000;

/**
 * Keeps many from waiting for one who does not answer. After a silence everybody
 * is given it at once; when that was long enough ago, one at a time may try again.
 */
export class Breaker {
  #silence: { readonly answer: Silence; readonly at: number } | undefined;
  #asking = 0;
  #answered = 0;

  constructor(private readonly clock: Clock) {}

  /** Since the last answer. */
  get silence(): Silence | undefined {
    return this.#silence?.answer;
  }

  /** What to say in place of asking. */
  get refusal(): Silence | undefined {
    if (this.#silence === undefined) return undefined;
    const { answer, at } = this.#silence;
    return this.#asking > 0 || this.clock.now() < at + restMs ? answer : undefined;
  }

  /** `ask` must not reject. */
  async watch(ask: () => Promise<Answer>): Promise<Answer> {
    const answeredBefore = this.#answered;
    this.#asking += 1;
    const answer = await ask();
    this.#asking -= 1;
    if (answer.kind !== 'silence') {
      this.#answered += 1;
      this.#silence = undefined;
    } else if (this.#answered === answeredBefore) {
      // Who answered others meanwhile is there; only this question was too much.
      this.#silence = { answer, at: this.clock.now() };
    }
    return answer;
  }
}
