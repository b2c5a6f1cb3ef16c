import type { FreezeWindow } from '@spillway/sdk';
import { age, stamp } from './moment.js';
import { facts, table } from './table.js';

export const freezeWindowTable = (windows: readonly FreezeWindow[], now: number): string =>
  table(
    ['NAME', 'TIMES', 'SCOPE', 'AGE'],
    windows.map((window) => [
      window.name,
      timesWords(window.times),
      scopeWords(window.scope),
      age(window.createdAt, now),
    ]),
  );

export const freezeWindowFacts = (window: FreezeWindow, now: number): string =>
  facts([
    ['Name', window.name],
    ['Times', timesWords(window.times)],
    ['Scope', scopeWords(window.scope)],
    ['Because', window.because === '' ? undefined : window.because],
    ['Age', age(window.createdAt, now)],
  ]);

/** `sat, sun 00:00 to 24:00, Europe/Berlin` */
function timesWords(times: FreezeWindow['times']): string {
  if ('once' in times) return `${stamp(times.once.from)} to ${stamp(times.once.to)}`;
  const { days, from, to, timeZone } = times.weekly;
  return `${days.join(', ')} ${from} to ${to}, ${timeZone}`;
}

/** `services of shop, clusters with env=live` */
function scopeWords({ namespaces, services, clusters }: FreezeWindow['scope']): string {
  const labels = Object.entries(clusters ?? {}).map(([key, value]) => `${key}=${value}`);
  const words = [
    ...(namespaces === undefined ? [] : [`services of ${namespaces.join(', ')}`]),
    ...(services === undefined ? [] : [services.join(', ')]),
    ...(labels.length === 0 ? [] : [`clusters with ${labels.join(', ')}`]),
  ];
  return words.length === 0 ? 'everything' : words.join(', ');
}
