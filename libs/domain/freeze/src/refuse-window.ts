import { refusal, type Refusal } from '@spillway/kernel';
import type { FreezeTimes, FreezeWindow } from './freeze-window.js';
import { isTimeZone } from './wall-clock.js';

/** What is wrong with a window; `undefined` when nothing is. */
export function refuseWindow({ times, scope }: FreezeWindow): Refusal | undefined {
  const wrong = times.kind === 'once' ? refuseOnce(times) : refuseWeekly(times);
  return wrong ?? refuseScope(scope);
}

function refuseOnce({ from, to }: Extract<FreezeTimes, { kind: 'once' }>): Refusal | undefined {
  if (from < to) return undefined;
  return refusal(
    'INVALID_FREEZE_WINDOW',
    `The window ends at ${new Date(to).toISOString()}, which is not after it begins.`,
    'Let it end after it begins.',
    'times.once.to',
  );
}

function refuseWeekly({
  days,
  timeZone,
}: Extract<FreezeTimes, { kind: 'weekly' }>): Refusal | undefined {
  if (days.length === 0) {
    return refusal(
      'INVALID_FREEZE_WINDOW',
      'The window is on no day of the week.',
      'Name the days on which it begins, e.g. sat, sun.',
      'times.weekly.days',
    );
  }
  if (isTimeZone(timeZone)) return undefined;
  return refusal(
    'INVALID_FREEZE_WINDOW',
    `There is no time zone "${timeZone}".`,
    'Use an IANA name, such as Europe/Berlin or UTC.',
    'times.weekly.timeZone',
  );
}

function refuseScope({ namespaces, services }: FreezeWindow['scope']): Refusal | undefined {
  const empty =
    namespaces?.length === 0 ? 'namespaces' : services?.length === 0 ? 'services' : undefined;
  if (empty === undefined) return undefined;
  return refusal(
    'INVALID_FREEZE_WINDOW',
    `The window is for no ${empty}.`,
    `Leave "${empty}" out to mean all of them.`,
    `scope.${empty}`,
  );
}
