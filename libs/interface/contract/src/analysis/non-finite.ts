import { z } from 'zod';

const words = z.enum(['NaN', 'Infinity', '-Infinity']);

/** A number of which JSON may know nothing. */
export const jsonNumber = z.union([z.number(), words]).meta({
  id: 'Number',
  description: 'A number; in a word where it is beyond all numbers, or none.',
});

/** As JSON can hold it: infinite numbers and NaN as words. */
export const inWords = (value: number): z.output<typeof jsonNumber> =>
  Number.isFinite(value) ? value : words.parse(String(value));

/** The same of all numbers within: JSON would make null of them, as if they were not known. */
export function sayable(value: unknown): unknown {
  if (typeof value === 'number') return inWords(value);
  if (Array.isArray(value)) return value.map(sayable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sayable(inner)]));
}
