import type { Clock } from '@spillway/application';
import { AskedHosts, type Hosts } from './asked-hosts.js';
import { SharedAnswers, type SharingOptions } from './shared-answers.js';

interface Scope {
  readonly id: number;
  readonly hosts: Hosts;
  readonly chosenAt: number;
}

/** Longer than an answer is waited for and kept. */
const rememberMs = 5 * 60_000;

/**
 * Shares answers about many services. A question is first asked for all services that are measured
 * these days; when one more comes up it is asked for all there are, so never more than twice.
 */
export class ScopedAnswers<T> {
  readonly #shared: SharedAnswers<T>;
  readonly #asked: AskedHosts;
  readonly #clock: Clock;
  readonly #scopes = new Map<string, Scope>();
  #lastId = 0;

  constructor(options: SharingOptions<T>) {
    this.#shared = new SharedAnswers(options);
    this.#asked = new AskedHosts(options.clock);
    this.#clock = options.clock;
  }

  /** Somebody is about to ask for this one. */
  note(host: string): void {
    this.#asked.note(host);
  }

  /** `ask` must not reject. */
  get(question: string, host: string, ask: (hosts: Hosts) => Promise<T>): Promise<T> {
    const { id, hosts } = this.#scopeOf(question);
    if (hosts?.has(host) === true) {
      return this.#shared.get(`${question} of ${id}`, () => ask(hosts));
    }
    return this.#shared.get(question, () => ask(undefined));
  }

  clear(): void {
    this.#shared.clear();
  }

  #scopeOf(question: string): Scope {
    const now = this.#clock.now();
    for (const [key, { chosenAt }] of this.#scopes) {
      if (chosenAt < now - rememberMs) this.#scopes.delete(key);
    }
    const known = this.#scopes.get(question);
    if (known !== undefined) return known;
    this.#lastId += 1;
    const scope = { id: this.#lastId, hosts: this.#asked.current(), chosenAt: now };
    this.#scopes.set(question, scope);
    return scope;
  }
}
