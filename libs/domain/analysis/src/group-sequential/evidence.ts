import type { GroupSequentialSettings } from './measurements.js';

/** Why a look was not tested: it spends nothing, and the next one may. */
export type Untested =
  /** Nothing says how much of the plan it is. */
  | 'unknownFraction'
  /** No more information than the look before. */
  | 'nothingNew'
  /** A version has no values, or they do not vary. */
  | 'noStatistic'
  /** The plan was over before. */
  | 'afterTheEnd';

export interface LookEvidence {
  /** Counted from 1. */
  readonly look: number;
  readonly fraction?: number;
  readonly z?: number;
  /** Of this look alone, of as many sides as the test has. */
  readonly p?: number;
  /** Candidate less stable. */
  readonly estimate?: number;
  readonly standardError?: number;
  /** Of the difference; holds for all looks together. One-sided tests leave the other end open. */
  readonly lower?: number;
  readonly upper?: number;
  /** For z in the harmful direction, or for |z|. */
  readonly bound?: number;
  /** The p that is just small enough at this look. */
  readonly adjustedAlpha?: number;
  /** α spent by this look and all before. */
  readonly spentAlpha?: number;
  /** The bound would be beyond 8 standard deviations. */
  readonly capped?: boolean;
  readonly crossed?: 'harmful' | 'harmless';
  readonly untested?: Untested;
}

/** The settings with what came of them. `rho` only where it was used. */
export interface GroupSequentialEvidence
  extends Omit<GroupSequentialSettings, 'rho'>, Partial<Pick<GroupSequentialSettings, 'rho'>> {
  readonly looks: readonly LookEvidence[];
  /** α spent so far. */
  readonly spentAlpha: number;
  /** Share of the planned information at the last tested look. */
  readonly fraction: number;
  /** Information beyond the plan: 0.2 is a fifth more than planned. */
  readonly overrun?: number;
  /** The first look that crossed in the harmful direction. It stays. */
  readonly stoppedAt?: number;
  readonly isOver: boolean;
}
