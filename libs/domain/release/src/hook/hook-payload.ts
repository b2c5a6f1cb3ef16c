import { splitServiceName } from '@spillway/kernel';
import type { Phase } from '../phase.js';
import type { ReleaseEvent } from '../event.js';
import { runningPhase, type Release } from '../release.js';
import type { Hook } from './hook.js';

/** The phase in Flagger's words, which gate servers may know. */
const flaggerPhases: Readonly<Partial<Record<Phase, string>>> = {
  queued: 'Waiting',
  pending: 'Waiting',
  preparing: 'Progressing',
  progressing: 'Progressing',
  promoting: 'Promoting',
  baking: 'Finalising',
  rollingBack: 'Failed',
  succeeded: 'Succeeded',
  rolledBack: 'Failed',
  cancelled: 'Failed',
  superseded: 'Failed',
};

/**
 * What is posted to a hook: the object that Flagger posts, and in `release` what that lacks. Who
 * knows Flagger's object reads over the rest.
 */
export interface HookPayload {
  readonly name: string;
  readonly namespace: string;
  readonly phase: string;
  /** The same in all calls of a release, another one in those of the next. */
  readonly checksum: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly release: {
    readonly id: string;
    readonly service: string;
    readonly stable: string;
    readonly candidate: string;
    readonly phase: Phase;
    readonly because: string;
    /** Of the plan, from 0; the number of steps once the last is done. */
    readonly step: number;
    readonly steps: number;
    /** Percent that the candidate is to have, by cluster. */
    readonly weights: Readonly<Record<string, number>>;
  };
}

export function hookPayload(hook: Hook, release: Release, event?: ReleaseEvent): HookPayload {
  const { namespace, name } = splitServiceName(release.service);
  const { id, service, stable, candidate, because, cursor, plan, rollouts } = release;
  return {
    name,
    namespace,
    phase: phaseFor(hook, release),
    checksum: id.slice(0, 8),
    metadata: { ...hook.metadata, ...(event === undefined ? {} : aboutEvent(event)) },
    release: {
      id,
      service,
      stable,
      candidate,
      phase: release.phase,
      because,
      step: cursor.index,
      steps: plan.steps.length,
      weights: Object.fromEntries(
        rollouts.map(({ cluster, desired }) => [cluster, desired.weight / 100]),
      ),
    },
  };
}

function phaseFor({ point }: Hook, release: Release): string {
  if (point === 'confirm-rollout') return 'Waiting';
  return flaggerPhases[release.paused?.from ?? runningPhase(release)] ?? 'Progressing';
}

/** What went wrong, or stands still, is a warning. */
const warnings: ReadonlySet<ReleaseEvent['type']> = new Set([
  'held',
  'writeRefused',
  'trafficDelayed',
  'driftFound',
  'rollbackStarted',
  'rolledBack',
  'cancelled',
]);

const aboutEvent = ({ type, because, at }: ReleaseEvent): Readonly<Record<string, string>> => ({
  eventMessage: because,
  eventType: warnings.has(type) ? 'Warning' : 'Normal',
  timestamp: String(at),
});
