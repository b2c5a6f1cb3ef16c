const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** `12s`, `3m 12s`, `2h 5m`, `4d 1h`: the two units that matter. */
export function elapsed(ms: number): string {
  const of = (unit: number, within: number): number => Math.floor((ms % within) / unit);
  if (ms < minute) return `${Math.max(0, Math.floor(ms / second))}s`;
  if (ms < hour) return `${of(minute, hour)}m ${of(second, minute)}s`;
  if (ms < day) return `${of(hour, day)}h ${of(minute, hour)}m`;
  return `${Math.floor(ms / day)}d ${of(hour, day)}h`;
}

/** How long ago, roughly, as a column of a table has it. */
export const age = (moment: string, now: number): string =>
  elapsed(now - Date.parse(moment)).replace(/ .*/, '');

/** For logs: UTC, to the second. */
export const stamp = (moment: string): string => moment.replace(/\.\d+Z$/, 'Z');

/** For people who watch: the time on their wall clock. */
export const timeOfDay = (moment: string | number, timeZone?: string): string =>
  new Date(moment).toLocaleTimeString('en-GB', {
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
