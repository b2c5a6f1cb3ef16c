import type { Instant } from '@spillway/kernel';

/** What held when. A value is in force for moments *after* the one it was set for. */
export class Timeline<T> {
  #entries: { readonly from: Instant; readonly value: T }[] = [];

  /** Values come in order of time; an earlier moment than the last one counts as that one. */
  set(from: Instant, value: T): void {
    const last = this.#entries.at(-1)?.from;
    this.#entries.push({ from: last !== undefined && last > from ? last : from, value });
  }

  at(moment: Instant): T | undefined {
    return this.#entries.findLast(({ from }) => from < moment)?.value;
  }

  /** The newest value, in force or not yet. */
  latest(): T | undefined {
    return this.#entries.at(-1)?.value;
  }

  /** Forgets what no longer held at `moment`. */
  forgetBefore(moment: Instant): void {
    const first = this.#entries.findLastIndex(({ from }) => from < moment);
    if (first > 0) this.#entries = this.#entries.slice(first);
  }
}
