import { z } from 'zod';

const words = z.enum(['NaN', 'Infinity', '-Infinity']);

/** A number of which JSON may know nothing. */
export const jsonNumber = z.union([z.number(), words]);

/** As JSON can hold it: infinite numbers and NaN as words. */
export const inWords = (value: number): z.output<typeof jsonNumber> =>
  Number.isFinite(value) ? value : words.parse(String(value));
