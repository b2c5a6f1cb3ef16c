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
  readonly hosts: Hosts;
}

interface Window {
  readonly byHost: Map<string, Scope>;
  /** Asked for all services, whoever they are. */
  everybody?: Scope;
}

/** `undefined`: all there are. */
export type Hosts = ReadonlySet<string> | undefined;

/**
 * Shares answers about many services. Who asks asks for those, too, that were asked for next in the
 * window before. A service that nobody expected is asked for on its own; with the second, all are.
 */
export class ScopedAnswers<T> {
  readonly #shared: SharedAnswers<T>;
  readonly #clock: Clock;
  readonly #asked = new Map<string, AskedHosts>();
  /** By kind and end. */
  readonly #windows = new Map<string, Window>();
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
  get(question: ScopedQuestion, ask: (hosts: Hosts) => Promise<T>): Promise<T> {
    const { id, hosts } = this.#scopeOf(question);
    return this.#shared.get(id, () => ask(hosts));
  }

  clear(): void {
    this.#shared.clear();
  }

  #scopeOf({ kind, end, host }: ScopedQuestion): Scope {
    const window = this.#windowOf(`${kind} ${end}`);
    const { byHost, everybody } = window;
    const known = [byHost.get(host), everybody].find((scope) => this.#isShared(scope));
    if (known !== undefined) return known;
    this.#lastId += 1;
    const id = String(this.#lastId);
    const hosts = this.#askedOf(kind).nextFrom(host, {
      isShared: (other) => this.#isShared(byHost.get(other)),
      wasAsked: (other) => byHost.has(other),
    });
    if (hosts.size === 1 && byHost.size > 0) return (window.everybody = { id, hosts: undefined });
    const scope = { id, hosts };
    for (const one of hosts) byHost.set(one, scope);
    return scope;
  }

  #isShared(scope: Scope | undefined): boolean {
    return scope !== undefined && this.#shared.has(scope.id);
  }

  #windowOf(key: string): Window {
    const known = this.#windows.get(key);
    if (known !== undefined) return known;
    for (const [old, { byHost, everybody }] of this.#windows) {
      const scopes = [everybody, ...byHost.values()];
      if (!scopes.some((scope) => this.#isShared(scope))) this.#windows.delete(old);
    }
    const window = { byHost: new Map<string, Scope>() };
    this.#windows.set(key, window);
    return window;
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
