import type { Phase } from '@spillway/domain-release';
import { after } from '@spillway/kernel';
import { actOf, isCommand, isOfProcesses } from './act/acts.js';
import type { Broken } from './book.js';
import { Dice } from './dice.js';
import { toTheMorning } from './morning.js';
import { Night, type NightOptions } from './night.js';
import type { Action, NightPlan } from './night-plan.js';

/** What came of a night. */
export interface Report {
  readonly plan: NightPlan;
  readonly events: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly ends: readonly Phase[];
  readonly broken?: Broken;
  readonly lines: readonly string[];
  /** Every await besides; the same for the same plan. */
  readonly trace: readonly string[];
}

/** Many releases through a night of faults. The same plan is the same night. */
export async function liveThrough(plan: NightPlan, options: NightOptions = {}): Promise<Report> {
  const night = new Night(plan, options);
  await night.begin();
  await live(night, plan);
  const { book, promises } = night.site;
  return {
    plan,
    events: book.events,
    counts: book.counts,
    ends: promises.histories.all.map(({ phase }) => phase),
    ...(book.broken === undefined ? {} : { broken: book.broken }),
    lines: book.lines,
    trace: book.trace,
  };
}

async function live(night: Night, { actions }: NightPlan): Promise<void> {
  const { site, clock } = night;
  const start = site.time.now();
  for (const [i, action] of actions.entries()) {
    site.time.schedule(after(start, action.at), () => act(night, action, i));
  }
  const last = Math.max(0, ...actions.map(({ at }) => at));
  await clock.until(after(start, last + 3_000));
  await toTheMorning(night);
}

function act(night: Night, { kind, seed }: Action, number: number): void {
  const { book, promises, time } = night.site;
  if (book.broken !== undefined) return;
  const text = actOf(kind)(night, new Dice(seed));
  if (text === undefined) return;
  book.note(isCommand(kind) ? 'command' : 'fault', kind);
  book.say(() => `[${number}] ${text}`);
  if (isOfProcesses(kind)) promises.returns.stop(time.now());
}
