import type { Verdict } from '@spillway/domain-analysis';
import type { Wave } from '@spillway/domain-topology';
import { isExposed, isSameExposure } from '@spillway/domain-traffic';
import { after, generation, type ClusterName, type Duration, type Instant } from '@spillway/kernel';
import { schedule } from './analysis.js';
import { endpointsBlock } from './blockers.js';
import { act, wait, type Decision } from './decision.js';
import { detectionProgress } from './detection.js';
import { describeGain, describeStep } from './describe-step.js';
import { undistributed } from './distribution.js';
import { exposureAfter } from './exposure-after.js';
import type { HoldReason } from './hold.js';
import type { Observation } from './observation.js';
import type { Detection, Step, TrafficStep } from './plan.js';
import { unapplied } from './prepare.js';
import { isUnreachable } from './reach.js';
import type { Release } from './release.js';

type Held = { readonly hold: HoldReason };

/** One step of the plan further, or what it waits for. */
export function progress(
  release: Release,
  seen: Observation,
  verdicts: readonly Verdict[],
  now: Instant,
): Decision | Held {
  const { cursor, plan } = release;
  const step = plan.steps[cursor.index];
  if (step === undefined) return act({ type: 'promotionStarted' }, 'every step is done');
  return cursor.started ? takeStep(release, seen, step, verdicts, now) : startStep(release, step);
}

function takeStep(
  release: Release,
  seen: Observation,
  step: Step,
  verdicts: readonly Verdict[],
  now: Instant,
): Decision | Held {
  switch (step.kind) {
    case 'setWeight':
    case 'route':
    case 'removeRoute':
    case 'mirror':
      return changeTraffic(release, seen, step, now);
    case 'pause':
      return complete(release, 'the pause is over');
    case 'bake':
      return bakeStep(release, seen, step, verdicts, now);
    case 'analyze':
      return inForce(release, seen, now) ?? analyze(release, verdicts);
  }
}

/** `step 3 of 8, wave 1: set 10 %`. */
function startStep({ cursor, plan }: Release, step: Step): Decision {
  const place = `step ${cursor.index + 1} of ${plan.steps.length}, wave ${step.wave + 1}`;
  return act({ type: 'stepStarted', index: cursor.index }, `${place}: ${describeStep(step)}`);
}

const complete = (
  { cursor }: Release,
  because: string,
  verdicts: readonly Verdict[] = [],
): Decision =>
  act(
    {
      type: 'stepCompleted',
      index: cursor.index,
      ...(verdicts.length === 0 ? {} : { verdicts }),
    },
    because,
  );

function changeTraffic(
  release: Release,
  seen: Observation,
  step: Extract<Step, TrafficStep>,
  now: Instant,
): Decision | Held {
  const wave = release.plan.waves[step.wave] ?? [];
  const shift = shiftTo(release, seen, wave, step);
  if (shift !== undefined) return shift;
  return inForce(release, seen, now) ?? complete(release, reached(wave, step, seen));
}

/** `eu-west at 10 %; us-east cannot be reached and is left behind`. */
function reached(wave: Wave, step: TrafficStep, seen: Observation): string {
  const lost = wave.filter((cluster) => isUnreachable(seen, cluster));
  const there = wave.filter((cluster) => !lost.includes(cluster));
  const at = step.kind === 'setWeight' ? ' at ' : ': ';
  const parts = [
    ...(there.length === 0 ? [] : [`${there.join(', ')}${at}${describeGain(step)}`]),
    ...(lost.length === 0 ? [] : [`${lost.join(', ')} cannot be reached and is left behind`]),
  ];
  return parts.join('; ');
}

/** What is not in force yet of what clusters were told to have; `undefined` when all is. */
export const inForce = (
  release: Release,
  seen: Observation,
  now: Instant,
): Decision | Held | undefined => readBack(release, seen) ?? undistributed(release, seen, now);

/** The clusters that do not have what they were told to have, and why where it is known. */
function readBack(release: Release, seen: Observation): Decision | Held | undefined {
  const open = unapplied(release, seen);
  if (open.length === 0) return undefined;
  const rising = open.filter(({ desired }) => isExposed(desired));
  const block = endpointsBlock(
    release,
    'candidate',
    seen,
    rising.map(({ cluster }) => cluster),
  );
  if (block !== undefined && block !== 'unknown') return { hold: block };
  return wait(
    `waits for ${open.map(({ cluster }) => cluster).join(', ')} to read back its routing`,
  );
}

/** Takes the step in these clusters, where they have not and may; `undefined` when all were told. */
export function shiftTo(
  release: Release,
  seen: Observation,
  clusters: Wave,
  step: TrafficStep,
): Decision | Held | undefined {
  const behind = release.rollouts.flatMap(
    ({ cluster, desired: { generation: _of, ...before } }) => {
      const wanted = exposureAfter(step, before);
      if (!clusters.includes(cluster) || isSameExposure(wanted, before)) return [];
      return [{ cluster, ...wanted }];
    },
  );
  if (behind.length === 0) return undefined;
  const names = behind.map(({ cluster }) => cluster);
  const exposed = behind.filter(isExposed).map(({ cluster }) => cluster);
  const block = endpointsBlock(release, 'candidate', seen, exposed);
  if (block === 'unknown') return wait(`reads the endpoints of ${release.candidate}`);
  if (block !== undefined) return { hold: block };
  const traffic = { generation: generation(release.generation + 1), clusters: behind };
  const because = `${release.candidate} gets ${describeGain(step)} in ${names.join(', ')}`;
  return act({ type: 'trafficShifted', traffic }, because);
}

function bakeStep(
  release: Release,
  seen: Observation,
  step: Extract<Step, { kind: 'bake' }>,
  verdicts: readonly Verdict[],
  now: Instant,
): Decision | Held {
  const end = after(release.cursor.enteredAt, step.length);
  if (step.toFind !== undefined) {
    return bakeUntilFound(release, seen, { ...step, toFind: step.toFind }, verdicts, now);
  }
  return (
    untilBaked(release, seen, verdicts, end, now) ??
    complete(release, 'baked without a finding', verdicts)
  );
}

/** Over as soon as it had the traffic that it needs; held where its time is over before that. */
function bakeUntilFound(
  release: Release,
  seen: Observation,
  { length, toFind }: { readonly length: Duration; readonly toFind: Detection },
  verdicts: readonly Verdict[],
  now: Instant,
): Decision | Held {
  const end = after(release.cursor.enteredAt, length);
  const found = detectionProgress(release, seen, toFind);
  if (found?.isEnough === true) {
    const open = inForce(release, seen, now);
    return open ?? complete(release, `baked without a finding: ${found.because}`, verdicts);
  }
  if (now < end) return wait(found?.because ?? release.because, end);
  const detail = found?.because ?? 'no metric counts the errors of both versions here';
  return { hold: { kind: 'inconclusive', cluster: found?.cluster ?? firstOf(release), detail } };
}

const firstOf = ({ plan, rollouts }: Release): ClusterName =>
  (rollouts[0]?.cluster ?? plan.waves.flat()[0]) as ClusterName;

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
  const open = inForce(release, seen, now);
  if (open !== undefined) return open;
  const late = schedule(release, seen.measurements, seen.sampling).find(({ at }) => at <= end);
  if (late !== undefined) return awaits(late.spec.name, late.cluster);
  const blind = verdicts.find(({ evidence }) => evidence.measured === 0);
  return blind === undefined ? undefined : awaits(blind.evidence.metric, blind.evidence.cluster);
}

const awaits = (metric: string, cluster: string): Decision =>
  wait(`waits for a measurement of ${metric} in ${cluster}`);

function analyze(release: Release, verdicts: readonly Verdict[]): Decision {
  const open = verdicts.filter(({ kind }) => kind !== 'pass');
  if (verdicts.length === 0) return wait('waits for a cluster that can be measured');
  if (open.length > 0) return wait(open.map(({ because }) => because).join('; '));
  return complete(release, verdicts.map(({ because }) => because).join('; '), verdicts);
}
