import type { Instant } from '@spillway/kernel';

/** A promise that did not hold, and what was found instead. */
export interface Broken {
  readonly promise: string;
  readonly detail: string;
  /** How many events of the night had passed. */
  readonly events: number;
}

/** What counts as an event of a night; promises are looked at after each. */
export type EventKind = 'job' | 'call' | 'command' | 'fault';

/** What happens in a night: counted always, told line by line only where somebody wants to read it. */
export class Book {
  readonly counts = new Map<string, number>();
  /** What a person wants to read. */
  readonly lines: string[] = [];
  /** That, and every await. */
  readonly trace: string[] = [];
  broken: Broken | undefined;
  events = 0;

  constructor(
    private readonly now: () => Instant,
    private readonly isTold: boolean,
    private readonly begin: Instant = now(),
  ) {}

  note(kind: EventKind, what: string): void {
    this.events += 1;
    const name = `${kind}: ${what}`;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  say(text: () => string): void {
    if (!this.isTold) return;
    this.lines.push(this.timed(text()));
    this.remark(text);
  }

  /** Of interest only to whoever compares two nights. */
  remark(text: () => string): void {
    if (this.isTold) this.trace.push(this.timed(text()));
  }

  /** Only the first counts: what follows from it is no news. */
  break(promise: string, detail: string): void {
    if (this.broken !== undefined) return;
    this.broken = { promise, detail, events: this.events };
    this.say(() => `BROKEN: ${promise}: ${detail}`);
  }

  /** Runs a check that throws where a promise is broken. */
  hold(check: () => void): void {
    try {
      check();
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const [promise = text] = text.split(' (');
      this.break(promise, text);
    }
  }

  private timed(text: string): string {
    const seconds = ((this.now() - this.begin) / 1_000).toFixed(3);
    return `${seconds.padStart(9)} s  ${text}`;
  }
}
