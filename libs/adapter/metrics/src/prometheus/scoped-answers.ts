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
  /** Of them those that have not come for the answer yet. */
  readonly unused: Set<string>;
}

interface Window {
  readonly asked: AskedHosts;
  readonly byHost: Map<string, Scope>;
  /** Of which it is not known yet how many hosts came in time for the answer. */
  readonly open: Set<Scope>;
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
    const window = this.#windowOf(kind, end);
    const { asked, byHost, everybody } = window;
    const before = byHost.get(host);
    const known = [before, everybody].find((scope) => this.#isShared(scope));
    known?.unused.delete(host);
    if (known !== undefined) return known;
    if (before !== undefined) learn(window, before);
    this.#lastId += 1;
    const id = String(this.#lastId);
    const hosts = asked.nextFrom(host, {
      isShared: (other) => this.#isShared(byHost.get(other)),
      hasCome: (other) => byHost.get(other)?.unused.has(other) === false,
    });
    // One that was expected, and comes when the answer is gone, is no newcomer that others will follow.
    const isNew = hosts.size === 1 && byHost.size > 0 && before === undefined;
    if (isNew) return (window.everybody = { id, hosts: undefined, unused: new Set() });
    const scope = { id, hosts, unused: new Set(hosts) };
    scope.unused.delete(host);
    for (const one of hosts) byHost.set(one, scope);
    window.open.add(scope);
    return scope;
  }

  #isShared(scope: Scope | undefined): boolean {
    return scope !== undefined && this.#shared.has(scope.id);
  }

  #windowOf(kind: string, end: Instant): Window {
    const key = `${kind} ${end}`;
    const known = this.#windows.get(key);
    if (known !== undefined) return known;
    for (const [old, window] of this.#windows) {
      if (!this.#isOver(window)) continue;
      this.#windows.delete(old);
      for (const scope of window.open) learn(window, scope);
    }
    const window = {
      asked: this.#askedOf(kind),
      byHost: new Map<string, Scope>(),
      open: new Set<Scope>(),
    };
    this.#windows.set(key, window);
    return window;
  }

  #isOver({ open, everybody }: Window): boolean {
    return ![everybody, ...open].some((scope) => this.#isShared(scope));
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

/** Once of each whose answer is gone. */
function learn({ asked, open }: Window, scope: Scope): void {
  const { hosts, unused } = scope;
  if (open.delete(scope) && hosts !== undefined && hosts.size > 1)
    asked.learn(unused.size, hosts.size);
}
