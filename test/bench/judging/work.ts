import { bareDetection, guardedDetection, type BareCell, type GuardedCell } from './detection.js';
import { judgeHealthyRelease, plus, type Tally } from './false-rollbacks.js';

/** What a worker is asked for; each part of it draws its own numbers. */
export type Work =
  | { readonly kind: 'healthy'; readonly from: number; readonly to: number }
  | { readonly kind: 'bare'; readonly cell: BareCell; readonly from: number; readonly to: number }
  | {
      readonly kind: 'guarded';
      readonly cell: GuardedCell;
      readonly from: number;
      readonly to: number;
    };

/** Seconds until it was found; nothing where it was not. */
export type Found = readonly (number | null)[];

export type Result = { readonly tally: Tally } | { readonly found: Found };

export function doWork(seed: number, work: Work): Result {
  const all = Array.from({ length: work.to - work.from }, (_, i) => work.from + i);
  switch (work.kind) {
    case 'healthy':
      return { tally: all.map((release) => judgeHealthyRelease(seed, release)).reduce(plus, {}) };
    case 'bare':
      return { found: all.map((release) => bareDetection(seed, release, work.cell)) };
    case 'guarded':
      return { found: all.map((release) => guardedDetection(seed, release, work.cell)) };
  }
}
