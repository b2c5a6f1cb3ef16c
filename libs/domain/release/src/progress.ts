import type { Verdict } from '@spillway/domain-analysis';
import type { Wave } from '@spillway/domain-topology';
import { isExposed } from '@spillway/domain-traffic';
import type { Instant } from '@spillway/kernel';
import { bake } from './bake.js';
import { isOnTheWay } from './command/passing-over.js';
import { act, wait, type Decision } from './decision.js';
import { describeGain, describeStep } from './describe-step.js';
import { atGate } from './gate/at-gate.js';
import type { GateStep } from './gate/gates-of-plan.js';
import type { Held } from './hold.js';
import type { Observation } from './observation.js';
import type { Step, TrafficStep } from './plan.js';
import { isUnreachable } from './reach.js';
import type { Release } from './release.js';
import { inForce, shiftTo } from './traffic-shift.js';

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
  if (isOnTheWay(release, step)) return passOver(release);
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
    case 'gate':
      return passGate(release, seen, step, now);
    case 'analyze':
      return inForce(release, seen, now) ?? analyze(release, verdicts);
  }
}

function passGate(release: Release, seen: Observation, step: GateStep, now: Instant): Decision {
  const { name: gate, wave } = step;
  const open = atGate(release, seen, { gate, wave, index: release.cursor.index, rule: step }, now);
  return open ?? complete(release, `gate "${gate}" is passed`);
}

const passOver = ({ cursor, skipTo = 0 }: Release): Decision =>
  act({ type: 'stepSkipped', index: cursor.index }, `passed over on the way to step ${skipTo + 1}`);

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
  const shift = shiftTo(release, seen, wave, step, now);
  if (shift !== undefined) return shift;
  return inForce(release, seen, now) ?? complete(release, reached(wave, step, seen));
}

/** `eu-west at 10 %; us-east cannot be reached and is left behind`. */
function reached(wave: Wave, step: Extract<Step, TrafficStep>, seen: Observation): string {
  const lost = wave.filter((cluster) => isUnreachable(seen, cluster));
  const there = wave.filter((cluster) => !lost.includes(cluster));
  if (wave.length === 0) return `wave ${step.wave + 1} has no cluster any more`;
  const at = step.kind === 'setWeight' ? ' at ' : ': ';
  const parts = [
    ...(there.length === 0 ? [] : [`${there.join(', ')}${at}${describeGain(step)}`]),
    ...(lost.length === 0 ? [] : [`${lost.join(', ')} cannot be reached and is left behind`]),
  ];
  return parts.join('; ');
}

function bakeStep(
  release: Release,
  seen: Observation,
  step: Extract<Step, { kind: 'bake' }>,
  verdicts: readonly Verdict[],
  now: Instant,
): Decision | Held {
  const next = bake(release, seen, step, verdicts, now);
  return 'over' in next ? complete(release, next.over, verdicts) : next;
}

function analyze(release: Release, verdicts: readonly Verdict[]): Decision | Held {
  const open = verdicts.filter(({ kind }) => kind !== 'pass');
  if (verdicts.length === 0) return unjudged(release);
  if (open.length > 0) return wait(open.map(({ because }) => because).join('; '));
  return complete(release, verdicts.map(({ because }) => because).join('; '), verdicts);
}

/** Where the candidate gets nothing, such as after its traffic was passed over, no judge will ever say a word. */
function unjudged({ rollouts, candidate }: Release): Decision | Held {
  const [first] = rollouts;
  if (first === undefined || rollouts.some(({ desired }) => isExposed(desired))) {
    return wait('waits for a cluster that can be measured');
  }
  const detail = `${candidate} gets no requests anywhere, so that there is nothing to judge`;
  return { hold: { kind: 'inconclusive', cluster: first.cluster, detail } };
}
