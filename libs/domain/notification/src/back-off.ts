import { duration, type Duration } from '@spillway/kernel';

/** With the waits between them, about fourteen hours: a night in which nobody mends it. */
export const mostAttempts = 24;

const longest = 3_600_000;

/** 1 s, 2 s, 4 s … 1 h; longer where the other side asks for more, but never above 1 h. */
export const backOff = (failures: number, asked: Duration = duration(0)): Duration =>
  duration(Math.min(longest, Math.max(asked, 1_000 * 2 ** Math.min(failures - 1, 12))));
