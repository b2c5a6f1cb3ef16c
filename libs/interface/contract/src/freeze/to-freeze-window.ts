import type { FreezeTimes, FreezeWindow } from '@spillway/domain-freeze';
import {
  instant,
  namespaceName,
  ok,
  serviceName,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import { parse } from '../schema/parse.js';
import { freezeWindowDocument, type ParsedFreezeWindow } from './freeze-window-document.js';

/** A window’s document, as it came, to what `putFreezeWindow` takes. */
export function toFreezeWindow(input: unknown): Result<FreezeWindow, Refusal> {
  const parsed = parse(freezeWindowDocument, input);
  if (!parsed.ok) return parsed;
  const { name, times, scope, because } = parsed.value;
  const { namespaces, services, clusters } = scope;
  return ok({
    name,
    times: toTimes(times),
    scope: {
      ...(namespaces === undefined ? {} : { namespaces: namespaces.map(namespaceName) }),
      ...(services === undefined ? {} : { services: services.map(serviceName) }),
      ...(clusters === undefined ? {} : { clusters }),
    },
    because,
  });
}

function toTimes(times: ParsedFreezeWindow['times']): FreezeTimes {
  if ('once' in times) {
    const [from, to] = [times.once.from, times.once.to].map((text) => instant(Date.parse(text)));
    return { kind: 'once', from: from ?? instant(0), to: to ?? instant(0) };
  }
  const { days, from, to, timeZone } = times.weekly;
  return { kind: 'weekly', days, from: minutesOf(from), to: minutesOf(to), timeZone };
}

/** `18:30` → 1,110 */
function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}
