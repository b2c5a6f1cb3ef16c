import type { Clock } from '@spillway/application';
import type { Instant } from '@spillway/kernel';
import { AskedHosts } from './asked-hosts.js';
import { SharedAnswers, type SharingOptions } from './shared-answers.js';

/** The same `kind` is asked again and again, each time for another window. */
export interface ScopedQuestion {
  readonly kind: string;
  /** Where its window ends. */
  readonly end: Instant;
  readonly host: string;
}

interface Scope {
  readonly id: number;
  readonly hosts: ReadonlySet<string>;
}

interface Scopes {
  readonly byHost: Map<string, Scope>;
  readonly openedAt: Instant;
}

/** Longer than an answer is waited for and kept. */
const rememberMs = 5 * 60_000;

/**
 * Shares answers about many services. Who asks asks for a hundred: for those, too, that were asked
 * for next in the window before. A service that nobody expected is asked for on its own, once.
 */
export class ScopedAnswers<T> {
  readonly #shared: SharedAnswers<T>;
  readonly #clock: Clock;
  readonly #asked = new Map<string, AskedHosts>();
  readonly #scopes = new Map<string, Scopes>();
  #lastId = 0;

  constructor(options: SharingOptions<T>) {
    this.#shared = new SharedAnswers(options);
    this.#clock = options.clock;
  }

  /** Somebody is about to ask this. */
  note({ kind, end, host }: ScopedQuestion): void {
    this.#askedOf(kind).note(host, end);
  }

  /** `ask` must not reject. */
  get(question: ScopedQuestion, ask: (hosts: ReadonlySet<string>) => Promise<T>): Promise<T> {
    const { id, hosts } = this.#scopeOf(question);
    return this.#shared.get(String(id), () => ask(hosts));
  }

  clear(): void {
    this.#shared.clear();
  }

  #scopeOf({ kind, end, host }: ScopedQuestion): Scope {
    const { byHost } = this.#scopesOf(`${kind} ${end}`);
    const known = byHost.get(host);
    if (known !== undefined) return known;
    this.#lastId += 1;
    const hosts = this.#askedOf(kind).nextFrom(host, (other) => !byHost.has(other));
    const scope = { id: this.#lastId, hosts };
    for (const one of hosts) byHost.set(one, scope);
    return scope;
  }

  #scopesOf(window: string): Scopes {
    const now = this.#clock.now();
    for (const [old, { openedAt }] of this.#scopes) {
      if (openedAt < now - rememberMs) this.#scopes.delete(old);
    }
    const scopes = this.#scopes.get(window) ?? { byHost: new Map(), openedAt: now };
    this.#scopes.set(window, scopes);
    return scopes;
  }

  #askedOf(kind: string): AskedHosts {
    const known = this.#asked.get(kind);
    if (known !== undefined) return known;
    for (const [old, asked] of this.#asked) if (asked.areForgotten()) this.#asked.delete(old);
    const asked = new AskedHosts(this.#clock);
    this.#asked.set(kind, asked);
    return asked;
  }
}
