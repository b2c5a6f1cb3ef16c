import { instant, type Instant } from '@spillway/kernel';
import type { ColumnOptions } from 'typeorm';

/** A moment. Three digits are exactly the milliseconds of an `Instant`. */
export const instantColumn = {
  type: 'timestamptz',
  precision: 3,
  transformer: {
    to: (at: Instant | null | undefined) => (typeof at === 'number' ? new Date(at) : at),
    from: (date: Date | null) => (date === null ? null : instant(date.getTime())),
  },
} as const satisfies ColumnOptions;

/** A name, sorted by code units. */
export const nameColumn = { type: 'text', collation: 'C' } as const satisfies ColumnOptions;
