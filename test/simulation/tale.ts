import type { Report } from './live-through.js';
import { drawNight, type NightPlan } from './night-plan.js';

/** What to type to live through a night, or what is left of one, once more. */
export function replayCommand(plan: NightPlan): string {
  const whole = drawNight(plan.seed, plan.often);
  const sizes = (['clusters', 'workers', 'services'] as const).flatMap((size) =>
    plan[size] === whole[size] ? [] : [`--${size} ${plan[size]}`],
  );
  const texts = whole.actions.map((action) => JSON.stringify(action));
  const only = plan.actions.map((action) => texts.indexOf(JSON.stringify(action)));
  const cut = only.length === whole.actions.length ? [] : [`--only ${only.join(',') || 'none'}`];
  const often = plan.often.length === 0 ? [] : [`--often ${plan.often.join()}`];
  return ['npm run simulate -- --seed', plan.seed, ...often, ...sizes, ...cut].join(' ');
}

/** What happened, line by line, and what was broken. */
export function taleOf({ plan, lines, broken, events, ends }: Report): string {
  const { seed, clusters, workers, services, actions } = plan;
  const title = `Night ${seed}: ${services} services in ${clusters} clusters, ${workers} workers, ${actions.length} things happen`;
  const end =
    broken === undefined
      ? `Every promise was kept in ${events} events; releases: ${ends.join(', ')}.`
      : `Broken after ${broken.events} events: ${broken.promise}\n  ${broken.detail}`;
  return [title, '', ...lines, '', end, `Again: ${replayCommand(plan)}`].join('\n');
}
