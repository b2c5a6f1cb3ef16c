import type { Spot } from '../spot.js';

/** The same text for the same conditions; what a match is called is no condition. */
export const canonical = (match: Spot): string =>
  write(Object.fromEntries(match.entries().map(([key, { value }]) => [key, value])), 'name');

function write(value: unknown, except?: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => write(item)).join()}]`;
  if (typeof value !== 'object' || value === null) return `${typeof value}:${String(value)}`;
  const entries = Object.entries(value)
    .filter(([key, item]) => key !== except && item !== undefined && item !== null)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}=${write(item)}`).join()}}`;
}
