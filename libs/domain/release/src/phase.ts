/** Where a release is. `docs/glossary.md` says each in a sentence. */
export const phases = [
  'queued',
  'pending',
  'preparing',
  'progressing',
  'paused',
  'awaitingApproval',
  'held',
  'promoting',
  'baking',
  'rollingBack',
  'succeeded',
  'rolledBack',
  'cancelled',
  'superseded',
] as const;

export type Phase = (typeof phases)[number];

/** The only moves that exist. `canMove` is asked before every one of them. */
const moves = {
  queued: ['pending', 'cancelled', 'superseded'],
  pending: ['preparing', 'held', 'cancelled', 'superseded'],
  preparing: ['progressing', 'held', 'rollingBack'],
  progressing: ['paused', 'awaitingApproval', 'held', 'promoting', 'rollingBack'],
  paused: ['progressing', 'awaitingApproval', 'baking', 'promoting', 'rollingBack'],
  awaitingApproval: ['progressing', 'promoting', 'paused', 'held', 'rollingBack'],
  held: [
    'pending',
    'preparing',
    'progressing',
    'paused',
    'awaitingApproval',
    'promoting',
    'baking',
    'rollingBack',
    'cancelled',
    'superseded',
  ],
  promoting: ['awaitingApproval', 'baking', 'held', 'succeeded', 'rollingBack'],
  baking: ['held', 'paused', 'succeeded', 'rollingBack'],
  rollingBack: ['rolledBack', 'superseded'],
  succeeded: [],
  rolledBack: [],
  cancelled: [],
  superseded: [],
} as const satisfies Record<Phase, readonly Phase[]>;

export const canMove = (from: Phase, to: Phase): boolean =>
  (moves[from] as readonly Phase[]).includes(to);

/** A release that waits for its service has nothing to do with it yet. */
export const hasService = (phase: Phase): boolean => phase !== 'queued' && !isFinal(phase);

export const isFinal = (phase: Phase): boolean => moves[phase].length === 0;
