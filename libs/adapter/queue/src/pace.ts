import type { Job } from '@spillway/application';

/** How a lane looks for jobs. */
interface Pace {
  /** How late a timer may be noticed; jobs that are due at once are announced and do not wait for it. */
  readonly pollMs: number;
  /** All of a process's lanes hear of each new job: for so long after a look in vain, news are only noted. */
  readonly restMs?: number;
  /** Rests after each look, not only after one in vain: jobs then come together, and share what they ask. */
  readonly isGathered?: true;
  /** So many times the slots that lanes have: its jobs wait, or share what they ask the database. */
  readonly slots?: number;
  /**
   * A job whose subject is busy waits for so long in its slot, which others could have; then in the queue,
   * where only a poll finds it.
   */
  readonly patienceMs?: number;
  /** Each slot looks for its own next job, and none waits in this process while another is idle. */
  readonly isSlotBySlot?: true;
}

// They hear of each look's next job: of thousands of releases, some hundred times a second.
const rare: Pace = { pollMs: 2_000, restMs: 400 };

const paces: Readonly<Record<Job['kind'], Pace>> = {
  // May hang with a cluster: what it keeps waiting must be free to be taken elsewhere. Writes wait a
  // moment for each other, in a slot; of so many one looks often enough.
  // An abort comes while what it takes back is still being noted, in one cluster of many.
  apply: { pollMs: 4_000, patienceMs: 600, slots: 4, isSlotBySlot: true },
  verify: { pollMs: 2_000, isSlotBySlot: true },
  reconcile: { pollMs: 250, restMs: 25, isGathered: true, slots: 4 },
  // Timers all of them: nobody announces one.
  measure: { pollMs: 250, restMs: 100, isGathered: true, slots: 8 },
  egress: rare,
  accessLog: rare,
  announce: rare,
  notify: rare,
  hook: rare,
  trigger: rare,
};

export const paceOf = (kind: Job['kind']): Pace => paces[kind];

/** Jobs of the kind that run at the same moment, where `concurrency` do of others. */
export const slotsOf = (kind: Job['kind'], concurrency: number): number =>
  concurrency * (paces[kind].slots ?? 1);

export const isSlotBySlot = (kind: Job['kind']): boolean => paces[kind].isSlotBySlot === true;

export const patienceOf = (kind: Job['kind']): number => paces[kind].patienceMs ?? 100;

/** Slots that wake for each new job of the kind, beside the one that fetches for all. */
export const wokenBy = (kind: Job['kind']): number => (isSlotBySlot(kind) ? 1 : 0);

/** Jobs that were fetched and found no slot for so long are given back. */
const heldMs = 500;

/** One look fetches jobs for all slots, where it may. */
export function fetchingOf(kind: Job['kind'], slots: number): object {
  const { restMs, isGathered } = paces[kind];
  if (isSlotBySlot(kind)) return {};
  // After a look that filled all slots there is none: more may be waiting.
  const threshold = isGathered === true ? slots : 0;
  const rest = { durationMs: restMs, threshold, maxAbortThreshold: Infinity };
  return {
    localQueue: {
      size: slots,
      ttl: heldMs,
      ...(restMs === undefined ? {} : { refetchDelay: rest }),
    },
  };
}
