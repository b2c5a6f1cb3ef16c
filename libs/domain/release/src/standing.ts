import { after, type Instant } from '@spillway/kernel';
import { interruptedPhase, type Release } from './release.js';

/** Before a step. */
export const atStep = (index: number, at: Instant): Release['cursor'] => ({
  index,
  started: false,
  enteredAt: at,
});

export function withoutStop({ held: _held, paused: _paused, ...rest }: Release): Release {
  return rest;
}

/** In the phase that a hold or a pause interrupted. */
export const goingOn = (release: Release): Release => ({
  ...withoutStop(release),
  phase: interruptedPhase(release),
});

/** In its steps, wherever among them somebody sent it from. */
export const stepping = (release: Release): Release => ({
  ...withoutStop(release),
  phase: 'progressing',
});

/** A pause step is paused from the moment it starts. */
export function startStep(release: Release, index: number, at: Instant): Release {
  const started = { ...release, cursor: { index, started: true, enteredAt: at } };
  const step = release.plan.steps[index];
  if (step?.kind !== 'pause') return started;
  return pause(started, at, step.length === undefined ? undefined : after(at, step.length));
}

export const pause = (release: Release, at: Instant, until?: Instant): Release => ({
  ...withoutStop(release),
  phase: 'paused',
  paused: {
    from: interruptedPhase(release),
    since: at,
    ...(until === undefined ? {} : { until }),
  },
});
