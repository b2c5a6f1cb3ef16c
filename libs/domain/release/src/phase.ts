/** Where a release is. `docs/glossary.md` says each in a sentence. */
export const phases = [
  'pending',
  'preparing',
  'progressing',
  'paused',
  'held',
  'awaitingApproval',
  'promoting',
  'baking',
  'rollingBack',
  'succeeded',
  'rolledBack',
  'cancelled',
] as const;

export type Phase = (typeof phases)[number];

/** The only moves that exist. `canMove` is asked before every one of them. */
const moves = {
  pending: ['preparing', 'held', 'cancelled'],
  preparing: ['progressing', 'held', 'rollingBack'],
  progressing: ['paused', 'awaitingApproval', 'held', 'promoting', 'rollingBack'],
  paused: ['progressing', 'awaitingApproval', 'baking', 'promoting', 'rollingBack'],
  awaitingApproval: ['progressing', 'promoting', 'paused', 'held', 'rollingBack'],
  held: [
    'pending',
    'preparing',
    'progressing',
    'paused',
    'promoting',
    'baking',
    'rollingBack',
    'awaitingApproval',
    'cancelled',
  ],
  promoting: ['awaitingApproval', 'baking', 'held', 'succeeded', 'rollingBack'],
  baking: ['held', 'paused', 'succeeded', 'rollingBack'],
  rollingBack: ['rolledBack'],
  succeeded: [],
  rolledBack: [],
  cancelled: [],
} as const satisfies Record<Phase, readonly Phase[]>;

export const canMove = (from: Phase, to: Phase): boolean =>
  (moves[from] as readonly Phase[]).includes(to);

export const isFinal = (phase: Phase): boolean => moves[phase].length === 0;
