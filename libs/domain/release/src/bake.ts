import type { Verdict } from '@spillway/domain-analysis';
import { after, type ClusterName, type Instant } from '@spillway/kernel';
import { schedule } from './analysis.js';
import { wait, type Decision } from './decision.js';
import { detectionProgress } from './detection.js';
import type { Held } from './hold.js';
import type { Observation } from './observation.js';
import type { Detection, Step } from './plan.js';
import type { Release } from './release.js';
import { inForce } from './traffic-shift.js';

type Bake = Extract<Step, { kind: 'bake' }>;

/** What a bake waits for, or why it is over. */
export function bake(
  release: Release,
  seen: Observation,
  { length, toFind }: Bake,
  verdicts: readonly Verdict[],
  now: Instant,
): Decision | Held | { readonly over: string } {
  const end = after(release.cursor.enteredAt, length);
  if (toFind !== undefined) return untilFound(release, seen, toFind, verdicts, { end, now });
  return (
    untilBaked(release, seen, verdicts, end, now) ??
    untilCompared(verdicts) ?? { over: 'baked without a finding' }
  );
}

/** Over as soon as it had the traffic that it needs; held where its time is over before that. */
function untilFound(
  release: Release,
  seen: Observation,
  toFind: Detection,
  verdicts: readonly Verdict[],
  { end, now }: { readonly end: Instant; readonly now: Instant },
): Decision | Held | { readonly over: string } {
  const {
    isEnough,
    cluster,
    because: detail,
  } = detectionProgress(release, seen, toFind) ?? nothingCounted(release);
  if (isEnough) {
    const open = inForce(release, seen, now) ?? unmeasured(verdicts);
    return open ?? { over: `baked without a finding: ${detail}` };
  }
  return now < end ? wait(detail, end) : { hold: { kind: 'inconclusive', cluster, detail } };
}

const nothingCounted = ({ plan, rollouts }: Release) => ({
  isEnough: false,
  cluster: (rollouts[0]?.cluster ?? plan.waves.flat()[0]) as ClusterName,
  because: 'no errors of both versions have been counted yet',
});

/**
 * What a bake still waits for: its end, every cluster's read-back, and every
 * measurement of its time. A bake that looked away is no bake, so each metric is
 * measured once at the least.
 */
export function untilBaked(
  release: Release,
  seen: Observation,
  verdicts: readonly Verdict[],
  end: Instant,
  now: Instant,
): Decision | Held | undefined {
  if (now < end) return wait(release.because, end);
  const behind = inForce(release, seen, now);
  if (behind !== undefined) return behind;
  const late = schedule(release, seen.measurements, seen.sampling).find(({ at }) => at <= end);
  if (late !== undefined) return awaits(late.spec.name, late.cluster);
  return unmeasured(verdicts);
}

function unmeasured(verdicts: readonly Verdict[]): Decision | undefined {
  const blind = verdicts.find(({ evidence }) => evidence.measured === 0);
  return blind && awaits(blind.evidence.metric, blind.evidence.cluster);
}

/** A version goes on when it was exposed as much as its metrics ask for. At 100 % there is nothing to compare. */
function untilCompared(verdicts: readonly Verdict[]): Decision | undefined {
  const open = verdicts.find(
    ({ kind, evidence }) => kind === 'running' && evidence.comparison?.isEnough === false,
  );
  return open && wait(open.because);
}

const awaits = (metric: string, cluster: string): Decision =>
  wait(`waits for a measurement of ${metric} in ${cluster}`);
