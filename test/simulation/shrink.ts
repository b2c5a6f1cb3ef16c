import { liveThrough, type Report } from './live-through.js';
import type { NightOptions } from './night.js';
import type { NightPlan } from './night-plan.js';

/** A night that still breaks the promise, and all that is left of it. */
export interface Shrunk {
  readonly report: Report;
  /** How many nights were lived through to find it. */
  readonly tries: number;
}

type Live = (plan: NightPlan) => Promise<Report>;

/** As many nights as a person waits for. */
const most = 300;

/**
 * Leaves out what a broken promise does not need: actions, half of them at first, then clusters,
 * workers and services. What is kept happens as before, for each action has a seed of its own.
 */
export async function shrink(found: Report, options: NightOptions = {}): Promise<Shrunk> {
  const shrinker = new Shrinker(found, (plan) => liveThrough(plan, options));
  await shrinker.cutActions();
  for (const size of ['clusters', 'services', 'workers'] as const) await shrinker.cutSize(size);
  await shrinker.cutActions();
  const { report } = shrinker;
  const told = await liveThrough(report.plan, { ...options, isTold: true });
  return { report: told, tries: shrinker.tries };
}

class Shrinker {
  tries = 0;

  constructor(
    public report: Report,
    private readonly live: Live,
  ) {}

  async cutActions(): Promise<void> {
    let size = Math.ceil(this.report.plan.actions.length / 2);
    while (size >= 1) {
      let isCut = false;
      for (let from = 0; from < this.report.plan.actions.length;) {
        const { plan } = this.report;
        const actions = plan.actions.filter((_, i) => i < from || i >= from + size);
        if (await this.stillBreaks({ ...plan, actions })) isCut = true;
        else from += size;
      }
      if (size === 1 && !isCut) return;
      size = size === 1 ? 1 : Math.floor(size / 2);
    }
  }

  async cutSize(size: 'clusters' | 'services' | 'workers'): Promise<void> {
    for (let wanted = 1; wanted < this.report.plan[size]; wanted += 1) {
      if (await this.stillBreaks({ ...this.report.plan, [size]: wanted })) return;
    }
  }

  private async stillBreaks(plan: NightPlan): Promise<boolean> {
    if (this.tries >= most) return false;
    this.tries += 1;
    const report = await this.live(plan);
    if (report.broken?.promise !== this.report.broken?.promise) return false;
    this.report = report;
    return true;
  }
}
