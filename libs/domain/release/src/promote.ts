import type { Verdict } from '@spillway/domain-analysis';
import { EVERYTHING, after, formatDuration, type Instant } from '@spillway/kernel';
import { act, type Decision } from './decision.js';
import type { Held } from './hold.js';
import type { Observation } from './observation.js';
import { untilBaked } from './bake.js';
import { inForce, shiftTo } from './traffic-shift.js';
import type { Release } from './release.js';

/** Brings every cluster to 100 %, also those that a promotion by hand skipped. */
export function promote(release: Release, seen: Observation, now: Instant): Decision | Held {
  const { plan, candidate } = release;
  const everything = { kind: 'setWeight', weight: EVERYTHING } as const;
  const shift = shiftTo(release, seen, plan.waves.flat(), everything, now);
  if (shift !== undefined) return shift;
  const open = inForce(release, seen, now);
  if (open !== undefined) return open;
  const { bakeAfterPromotion } = plan;
  if (bakeAfterPromotion === undefined || release.isFull === true) return succeed(release, []);
  const length = formatDuration(bakeAfterPromotion.length);
  return act({ type: 'bakeStarted' }, `${candidate} has all traffic; bakes for ${length}`);
}

/** At 100 %, still ready to go back. */
export function bake(
  release: Release,
  seen: Observation,
  verdicts: readonly Verdict[],
  now: Instant,
): Decision | Held {
  if (release.isFull === true) return inForce(release, seen, now) ?? succeed(release, []);
  const length = release.plan.bakeAfterPromotion?.length ?? 0;
  const end = after(release.cursor.enteredAt, length);
  return untilBaked(release, seen, verdicts, end, now) ?? succeed(release, verdicts);
}

const succeed = ({ candidate }: Release, verdicts: readonly Verdict[]): Decision =>
  act(
    { type: 'succeeded', ...(verdicts.length === 0 ? {} : { verdicts }) },
    `${candidate} is the stable version now`,
  );
