import type { Phase } from '@spillway/sdk';
import type { Tone } from './paint.js';

interface PhaseLook {
  readonly words: string;
  readonly tone: Tone;
  readonly sign: string;
}

/** Every phase, as people see it. The type makes it complete. */
const looks = {
  queued: { words: 'Queued', tone: 'quiet', sign: '○' },
  pending: { words: 'Pending', tone: 'quiet', sign: '○' },
  preparing: { words: 'Preparing', tone: 'busy', sign: '●' },
  progressing: { words: 'Progressing', tone: 'busy', sign: '●' },
  paused: { words: 'Paused', tone: 'waiting', sign: '‖' },
  awaitingApproval: { words: 'Awaiting approval', tone: 'waiting', sign: '‖' },
  held: { words: 'Held', tone: 'waiting', sign: '‖' },
  promoting: { words: 'Promoting', tone: 'busy', sign: '●' },
  baking: { words: 'Baking', tone: 'busy', sign: '●' },
  rollingBack: { words: 'Rolling back', tone: 'bad', sign: '●' },
  succeeded: { words: 'Succeeded', tone: 'good', sign: '✔' },
  rolledBack: { words: 'Rolled back', tone: 'bad', sign: '✘' },
  cancelled: { words: 'Cancelled', tone: 'bad', sign: '✘' },
  superseded: { words: 'Superseded', tone: 'bad', sign: '✘' },
} as const satisfies Record<Phase, PhaseLook>;

export const phases = Object.keys(looks) as readonly Phase[];

/** A server newer than this CLI may know a phase more. */
export const lookOf = (phase: Phase): PhaseLook =>
  phase in looks ? looks[phase] : { words: phase, tone: 'busy', sign: '●' };
