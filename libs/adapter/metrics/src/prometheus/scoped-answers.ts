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
  readonly id: string;
  readonly hosts: ReadonlySet<string>;
}

/**
 * Shares answers about many services. Who asks asks for those, too, that were asked for next in the
 * window before. A service that nobody expected is asked for on its own, once.
 */
export class ScopedAnswers<T> {
  readonly #shared: SharedAnswers<T>;
  readonly #clock: Clock;
  readonly #asked = new Map<string, AskedHosts>();
  /** By kind and window, and then by host. */
  readonly #scopes = new Map<string, Map<string, Scope>>();
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
    return this.#shared.get(id, () => ask(hosts));
  }

  clear(): void {
    this.#shared.clear();
  }

  #scopeOf({ kind, end, host }: ScopedQuestion): Scope {
    const byHost = this.#scopesOf(`${kind} ${end}`);
    const known = byHost.get(host);
    if (known !== undefined && this.#isShared(known)) return known;
    this.#lastId += 1;
    const hosts = this.#askedOf(kind).nextFrom(host, {
      isShared: (other) => this.#isShared(byHost.get(other)),
      wasAsked: (other) => byHost.has(other),
    });
    const scope = { id: String(this.#lastId), hosts };
    for (const one of hosts) byHost.set(one, scope);
    return scope;
  }

  #isShared(scope: Scope | undefined): boolean {
    return scope !== undefined && this.#shared.has(scope.id);
  }

  #scopesOf(window: string): Map<string, Scope> {
    const known = this.#scopes.get(window);
    if (known !== undefined) return known;
    for (const [old, byHost] of this.#scopes) {
      if (![...byHost.values()].some((scope) => this.#isShared(scope))) this.#scopes.delete(old);
    }
    const byHost = new Map<string, Scope>();
    this.#scopes.set(window, byHost);
    return byHost;
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
