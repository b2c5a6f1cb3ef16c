import { InvariantBroken } from './coded-error.js';

/**
 * One writing for one value, whatever a database did to the order of its keys:
 * no spaces, keys by code units, members that are `undefined` left out.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  // JSON would write NaN and infinity as null: another value would come back than was hashed.
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new InvariantBroken(`${value} cannot be written as JSON`);
  }
  return JSON.stringify(value);
}
