import type { Clock } from '@spillway/application';

interface Shared<T> {
  readonly answer: Promise<T>;
  /** Infinite while the question is still with the backend. */
  readonly until: number;
}

export interface SharingOptions<T> {
  readonly clock: Clock;
  readonly keepMs: number;
  readonly isWorthKeeping: (answer: T) => boolean;
}

/** Asks once for all who have the same question at about the same time. Failures are shared only while they last. */
export class SharedAnswers<T> {
  readonly #byQuestion = new Map<string, Shared<T>>();

  constructor(private readonly options: SharingOptions<T>) {}

  /** `ask` must not reject. */
  get(question: string, ask: () => Promise<T>): Promise<T> {
    this.#forgetOld();
    const shared = this.#byQuestion.get(question);
    if (shared !== undefined) return shared.answer;
    const answer = ask().then((given) => {
      this.#settle(question, answer, given);
      return given;
    });
    this.#byQuestion.set(question, { answer, until: Infinity });
    return answer;
  }

  /** It is being asked, or its answer is kept. */
  has(question: string): boolean {
    const { until } = this.#byQuestion.get(question) ?? { until: -Infinity };
    return until > this.options.clock.now();
  }

  clear(): void {
    this.#byQuestion.clear();
  }

  #settle(question: string, answer: Promise<T>, given: T): void {
    const { clock, keepMs, isWorthKeeping } = this.options;
    if (this.#byQuestion.get(question)?.answer !== answer) return;
    if (isWorthKeeping(given)) {
      this.#byQuestion.set(question, { answer, until: clock.now() + keepMs });
    } else {
      this.#byQuestion.delete(question);
    }
  }

  #forgetOld(): void {
    const now = this.options.clock.now();
    for (const [question, { until }] of this.#byQuestion) {
      if (until <= now) this.#byQuestion.delete(question);
    }
  }
}
