import type { Clock } from '@spillway/application';

/** `undefined`: all there are. */
export type Hosts = ReadonlySet<string> | undefined;

/** Longer than most releases wait between two measurements. */
const rememberMs = 10 * 60_000;
/** More than these are more expensive to name than to leave out. */
const mostHosts = 100;

/** Which services are measured these days: few in a large mesh, and the backend need not look at the others. */
export class AskedHosts {
  readonly #lastAsked = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  note(host: string): void {
    this.#lastAsked.set(host, this.clock.now());
  }

  current(): Hosts {
    const since = this.clock.now() - rememberMs;
    for (const [host, at] of this.#lastAsked) if (at < since) this.#lastAsked.delete(host);
    return this.#lastAsked.size > mostHosts ? undefined : new Set(this.#lastAsked.keys());
  }
}
