import type { Report } from './live-through.js';

/** What happened in many nights. */
export class Tally {
  events = 0;
  private nights = 0;
  private first: number | undefined;
  private last = 0;
  private fewest = Infinity;
  private most = 0;
  private readonly counts = new Map<string, number>();
  private readonly ends = new Map<string, number>();
  private readonly began = Date.now();

  add({ plan, events, counts, ends }: Report): void {
    this.events += events;
    this.nights += 1;
    this.first ??= plan.seed;
    this.last = plan.seed;
    this.fewest = Math.min(this.fewest, plan.clusters);
    this.most = Math.max(this.most, plan.clusters);
    for (const [what, times] of counts) add(this.counts, what, times);
    for (const end of ends) add(this.ends, end, 1);
  }

  get seconds(): number {
    return (Date.now() - this.began) / 1_000;
  }

  endsSeen(): readonly string[] {
    return [...this.ends.keys()].toSorted();
  }

  happened(): ReadonlyMap<string, number> {
    return this.counts;
  }

  progress(): string {
    const rate = Math.round(this.events / this.seconds);
    return `${this.events} events in ${this.nights} nights, ${rate} a second`;
  }

  summary(): string {
    const clusters = this.fewest === this.most ? this.most : `${this.fewest} to ${this.most}`;
    const seeds = `Seeds ${this.first} to ${this.last}, of ${clusters} clusters; no promise was broken.`;
    return [
      this.progress(),
      seeds,
      '',
      ...linesOf(this.counts),
      '',
      ...linesOf(this.ends, 'release '),
    ].join('\n');
  }
}

const add = (counts: Map<string, number>, what: string, times: number): void =>
  void counts.set(what, (counts.get(what) ?? 0) + times);

const linesOf = (counts: ReadonlyMap<string, number>, prefix = ''): readonly string[] =>
  [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, times]) => `${String(times).padStart(9)}  ${prefix}${what}`);
